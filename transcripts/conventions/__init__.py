"""What transcribers write into speech that is not speech."""
