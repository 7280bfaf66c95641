-- The first cluster: tenants never share a database with the control plane.
CREATE DATABASE tenantry_cluster;
