package dev.jangbu.devdatabase;

/** A server that answered, and proved to be of our data directory. */
record RunningServer(long processId, int port, String password) {
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + Cluster.NAME;
    }

    /** What the jobs read; values need no escapes in a properties file. */
    String connectionProperties() {
        return "url=" + url() + "\nuser=" + Cluster.NAME + "\npassword=" + password + "\n";
    }

    @Override
    public String toString() {
        return "RunningServer[" + url() + ", process " + processId + "]";
    }
}
