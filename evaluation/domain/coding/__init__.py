"""Words of many people gathered into themes by coordinators who do not see whose they are (``phase1.must.60``)."""
