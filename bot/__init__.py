"""The process: command line, configuration, platforms, scheduler, delivery and stores."""
