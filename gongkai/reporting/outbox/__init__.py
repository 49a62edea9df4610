"""What a person has released or sends out: parcels of the outbox, the release, reminders."""
