-- Promise: API and workers act as tenantry_runtime: all of the control schema, but of the audit log only INSERT and
-- SELECT, and nothing of its heads but SELECT.
GRANT USAGE ON SCHEMA control TO tenantry_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA control TO tenantry_runtime;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA control TO tenantry_runtime;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA control TO tenantry_runtime;
REVOKE UPDATE, DELETE ON control.audit FROM tenantry_runtime;
REVOKE INSERT, UPDATE, DELETE ON control.audit_head FROM tenantry_runtime;
REVOKE INSERT, UPDATE, DELETE ON control.machine_state, control.machine_transition FROM tenantry_runtime;
