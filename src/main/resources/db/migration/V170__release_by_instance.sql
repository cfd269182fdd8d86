-- Whoever does something to an instance in the engine does it to its release.
create index slipway_release_instance on slipway_release (process_instance_id);
