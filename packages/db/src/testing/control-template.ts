/** The migrated database that every test's control database is cloned from. */
export const controlTemplate = 'tenantry_test_control'
