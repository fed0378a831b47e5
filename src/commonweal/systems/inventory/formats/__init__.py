"""The formats that come with Commonweal, one TOML file each."""
