package dev.jangbu.faults.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before PostgreSQL, counts what clients ask of it, and cuts the network at the request it was told. A request is
 * a message the server does something about: a start, a query, the sync after prepared ones, a piece of copied data.
 */
public final class CuttingProxy implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://)([^:/]+)(?::(\\d+))?(/[^?]*)(\\?.*)?");
    private static final int DEFAULT_PORT = 5432;

    private final String url;
    private volatile Cut cut;
    private final String host;
    private final int port;
    private final ServerSocket door;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final AtomicLong counted = new AtomicLong();
    private final AtomicBoolean isCut = new AtomicBoolean();
    private final AtomicLong pieces = new AtomicLong();
    private volatile long chosenPiece;
    private volatile Runnable atPiece = () -> {};

    private CuttingProxy(Matcher url, Cut cut) throws IOException {
        this.cut = cut;
        this.host = url.group(2);
        this.port = url.group(3) == null ? DEFAULT_PORT : Integer.parseInt(url.group(3));
        this.door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        // What is encrypted cannot be counted.
        this.url = url.group(1) + "127.0.0.1:" + door.getLocalPort() + url.group(4) + "?sslmode=disable";
    }

    /** @param url of the server: {@code jdbc:postgresql://host:port/database} */
    public static CuttingProxy before(String url, Cut cut) throws IOException {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("url: " + url + " (expected: jdbc:postgresql://host:port/database)");
        }
        CuttingProxy proxy = new CuttingProxy(parts, cut);
        Thread doorman = new Thread(proxy::letIn, "proxy");
        doorman.setDaemon(true);
        doorman.start();
        return proxy;
    }

    /** Counts anew, to another cut; for when nobody is connected. */
    public void arm(Cut next) {
        wires.forEach(Wire::close);
        counted.set(0);
        isCut.set(false);
        cut = next;
    }

    /**
     * Has something done when a piece of copied data is here and not yet at the server.
     *
     * @param piece from 1
     */
    public void atPiece(long piece, Runnable what) {
        atPiece = what;
        chosenPiece = piece;
    }

    /** Leads to the same database through here. */
    public String url() {
        return url;
    }

    /** Requests so far; with {@link Cut#onlyCommits}, commits. */
    public long counted() {
        return counted.get();
    }

    /** Whether the request the cut waits for has come. */
    public boolean hasCut() {
        return isCut.get();
    }

    @Override
    public void close() throws IOException {
        door.close();
        wires.forEach(Wire::close);
    }

    private void letIn() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                connect(client);
            } catch (IOException closed) {
                // Either the proxy's end, or a client that sees for itself that nobody answers.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Wire wire = new Wire(this, client, new Socket(host, port));
            wires.add(wire);
            wire.start();
        } catch (IOException unreachable) {
            client.close();
            throw unreachable;
        }
    }

    /** Whether the cut falls on this request. */
    boolean isHit(boolean isCommit) {
        if (cut.onlyCommits() && !isCommit) {
            return false;
        }
        return counted.incrementAndGet() == cut.at();
    }

    /** A piece of copied data has come. */
    void piece() {
        if (pieces.incrementAndGet() == chosenPiece) {
            atPiece.run();
        }
    }

    Cut.Moment moment() {
        return cut.moment();
    }

    void cut(Wire hit) {
        isCut.set(true);
        if (cut.isWhole()) {
            wires.forEach(Wire::close);
        } else {
            hit.close();
        }
    }

    void ended(Wire wire) {
        wires.remove(wire);
    }
}
