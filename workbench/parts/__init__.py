"""What screens are made of: lists, forms, dialogs, colours, words."""
