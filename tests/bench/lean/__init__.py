"""A Bot API server with people living in it, as cheap as possible, so that the bot is what is measured."""
