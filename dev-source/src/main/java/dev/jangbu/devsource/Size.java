package dev.jangbu.devsource;

import java.util.List;

/** How much a server takes. */
public enum Size {
    /** Little memory and small files; what is committed survives the server's end, not the machine's. */
    TEST("64M", "16M", "OFF"),
    /** For some million rows. */
    DEMO("512M", "256M", "ON");

    private final String bufferPool;
    private final String log;
    private final String doubleWrite;

    Size(String bufferPool, String log, String doubleWrite) {
        this.bufferPool = bufferPool;
        this.log = log;
        this.doubleWrite = doubleWrite;
    }

    List<String> options() {
        return List.of(
                "--innodb-buffer-pool-size=" + bufferPool,
                "--innodb-log-file-size=" + log,
                "--innodb-doublewrite=" + doubleWrite);
    }
}
