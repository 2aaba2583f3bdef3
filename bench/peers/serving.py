"""How the peers that are made with Django are served: as the portal is, with gunicorn's own worker with threads."""

import os

bind = f"127.0.0.1:{os.environ['PORT']}"
worker_class = "gthread"
workers = 1
threads = 4
preload_app = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (gunicorn unlinks the file at once)
control_socket_disable = True
accesslog = None
loglevel = "warning"
