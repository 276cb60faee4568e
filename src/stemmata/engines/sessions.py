"""A Spark application of stemmata's own, for those who have none running."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from stemmata.errors import OptionError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
LOOPBACK = "127.0.0.1"
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


def start_session(master: str | None = None) -> SparkSession:
    """Return a session of a Spark application: the one that is running in this process, else a new one.

    Parameters
    ----------
    master : str, optional
        Such as ``spark://host:7077``, ``yarn``; by default what Spark's own settings say, else all cores of this
        machine, where nothing listens but on the loopback.

    Raises
    ------
    OptionError
        PySpark or Java is not installed, or the application cannot be begun.
    """
    try:
        from pyspark import SparkConf
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise OptionError(
            "PySpark is not installed.", where="engine spark", mend="pip install 'stemmata[spark]', and Java 17."
        ) from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise OptionError(
            "Java is not installed, which Spark runs on.", where="engine spark", mend="install Java 17 or later."
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers may run another Python
    builder = SparkSession.builder.appName("stemmata")
    chosen = master or SparkConf().get("spark.master") or LOCAL
    for name, value in QUIET.items():
        builder = builder.config(name, value)
    if chosen.startswith("local"):
        builder = builder.config("spark.driver.bindAddress", LOOPBACK).config("spark.driver.host", LOOPBACK)
    try:
        return builder.master(chosen).getOrCreate()
    except PySparkException as error:
        raise OptionError(
            f"no Spark application could be begun: {str(error).splitlines()[0]}.",
            where=f"master {chosen}",
            mend="check the address of the master, and that Java is of version 17 or later.",
        ) from error
