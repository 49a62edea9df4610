"""What happens when things break: kills, full disks, a database that is gone, an inbox that moves (`make chaos`)."""
