"""Files on disk: durable writes, folder listings, locks, manifests and site markers."""
