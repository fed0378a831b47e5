"""The severity rule files, as data that an organisation may copy and edit."""
