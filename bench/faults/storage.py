"""Disks that are full, slow, or cannot be written to any more. Each is a file with ext4 in it; that needs root."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from bench.faults.trial import Fault, Trial, run, tool

MEGABYTES = 160
LASTS = 10  # seconds
# What a slow disk takes longer, in microseconds: to say that something is written for good, and to take it.
SYNC, WRITE = 300_000, 5_000


class OwnDisk(Fault):
    """The folder of database and DATA_DIR is a disk of its own."""

    def place(self, scratch: contextlib.ExitStack, folder: Path) -> Path:
        image, place = folder / "disk.img", folder / "disk"
        with image.open("wb") as file:
            file.truncate(MEGABYTES * 1024 * 1024)
        run(tool("mkfs.ext4"), "-q", "-m", "0", image)
        place.mkdir()
        mount(image, place)
        scratch.callback(lambda: run("umount", "--lazy", place))
        place.chmod(0o755)
        return place


def mount(image: Path, place: Path) -> None:
    """Mount the disk as most systems do: after a fault it can only be read."""
    run("mount", "-o", "loop,errors=remount-ro", image, place)


class FullDisk(OwnDisk):
    title = "the disk is full for ten seconds"
    says = "a file takes all room beside database and DATA_DIR, again and again; then it goes"

    def happen(self, trial: Trial) -> None:
        fills = trial.data_dir / "fills-the-disk"
        end = time.monotonic() + LASTS
        with fills.open("ab", buffering=0) as file:
            while time.monotonic() < end:
                with contextlib.suppress(OSError):
                    for part in (1024 * 1024, 4096, 1):
                        self.fill(file.fileno(), part)
                time.sleep(0.01)
        fills.unlink()
        trial.cause_ended()

    def fill(self, file: int, part: int) -> None:
        """Write parts of so many bytes until there is no room for one."""
        with contextlib.suppress(OSError):
            while os.write(file, b"\0" * part) == part:
                pass


class ReadOnlyDisk(OwnDisk):
    title = "the file system can only be read"
    says = (
        "`mount -o remount,abort`, as the kernel does it after a fault of the disk; after ten seconds the operator "
        "stops portal and database, checks and mounts the disk, and starts them"
    )

    def happen(self, trial: Trial) -> None:
        place = trial.data_dir
        run("mount", "-o", "remount,abort", place)
        time.sleep(LASTS)
        trial.service.stop()
        trial.store.stop()
        run("umount", place)
        image = place.with_suffix(".img")
        subprocess.run([tool("fsck.ext4"), "-p", str(image)], check=False, capture_output=True)
        mount(image, place)
        trial.store.start()
        trial.cause_ended()
        trial.service.start()


class SlowDisk(Fault):
    title = "the disk is slow for fifteen seconds"
    says = (
        f"strace holds up each `fsync` and `fdatasync` of the process that writes the database by {SYNC // 1000} ms, "
        f"each `pwrite64` by {WRITE // 1000} ms (no device mapper here)"
    )

    def happen(self, trial: Trial) -> None:
        processes = trial.store.processes() or trial.service.processes()
        calls = {"fsync,fdatasync": SYNC, "pwrite64": WRITE}
        command = [tool("strace"), "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync,pwrite64"]
        command += [part for name, delay in calls.items() for part in ("-e", f"inject={name}:delay_exit={delay}")]
        command += [part for process in processes for part in ("-p", str(process))]
        slowing = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(15)
        slowing.send_signal(signal.SIGINT)
        slowing.wait()
        trial.cause_ended()


FAULTS = (FullDisk, ReadOnlyDisk, SlowDisk)
