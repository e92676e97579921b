package dev.jangbu.faults.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** One connection through the proxy, read message by message on its way to the server. */
final class Wire {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LENGTH_BYTES = 4;
    /** The least code of what comes before a start: cancel, and the asking for encryption. */
    private static final int LEAST_SPECIAL_CODE = 80_877_102;

    private final CuttingProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile boolean isSwallowing;
    private final Set<String> commits = new HashSet<>();
    private boolean isCommitting;

    Wire(CuttingProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() {
        begin(this::forward, "proxy-to-server");
        begin(this::answer, "proxy-to-client");
    }

    void close() {
        closeQuietly(client);
        closeQuietly(server);
        proxy.ended(this);
    }

    private interface Pump {
        void run() throws IOException;
    }

    private void begin(Pump pump, String name) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (IOException ended) {
                        // The other side learns it from the closed socket.
                    } finally {
                        close();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void forward() throws IOException {
        DataInputStream from = new DataInputStream(client.getInputStream());
        OutputStream to = server.getOutputStream();
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        if (!forwardStart(from, to)) {
            return;
        }
        while (true) {
            int type = from.read();
            if (type < 0) {
                return;
            }
            byte[] body = new byte[from.readInt() - LENGTH_BYTES];
            from.readFully(body);
            if (!forward(type, body, to)) {
                return;
            }
        }
    }

    /** The messages before the first with a type: false when the connection ends with them. */
    private boolean forwardStart(DataInputStream from, OutputStream to) throws IOException {
        while (true) {
            byte[] body = new byte[from.readInt() - LENGTH_BYTES];
            from.readFully(body);
            int code = ByteBuffer.wrap(body).getInt();
            ByteBuffer message = ByteBuffer.allocate(LENGTH_BYTES + body.length);
            message.putInt(LENGTH_BYTES + body.length).put(body);
            if (code >= LEAST_SPECIAL_CODE) {
                to.write(message.array());
                continue;
            }
            return send(message.array(), to, false);
        }
    }

    private boolean forward(int type, byte[] body, OutputStream to) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(1 + LENGTH_BYTES + body.length);
        message.put((byte) type).putInt(LENGTH_BYTES + body.length).put(body);
        note(type, body);
        if (type == 'd') {
            proxy.piece();
        }
        boolean isRequest = type == 'Q' || type == 'S' || type == 'd' || type == 'c';
        if (!isRequest) {
            to.write(message.array());
            return true;
        }
        return send(message.array(), to, isCommitting && type != 'd' && type != 'c');
    }

    /** False when the network failed here. */
    private boolean send(byte[] request, OutputStream to, boolean isCommit) throws IOException {
        boolean isHit = proxy.isHit(isCommit);
        if (isHit && proxy.moment() == Cut.Moment.BEFORE_REQUEST) {
            proxy.cut(this);
            return false;
        }
        isSwallowing |= isHit;
        to.write(request);
        return true;
    }

    private void answer() throws IOException {
        InputStream from = server.getInputStream();
        OutputStream to = client.getOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            if (isSwallowing) {
                proxy.cut(this);
                return;
            }
            to.write(buffer, 0, read);
        }
    }

    /** The driver has the server parse COMMIT once a session, under a name, and binds that name from then on. */
    private void note(int type, byte[] body) {
        if (type == 'Q') {
            isCommitting = isCommit(text(body, 0));
        } else if (type == 'P') {
            String name = text(body, 0);
            if (isCommit(text(body, end(body, 0) + 1))) {
                commits.add(name);
            } else {
                commits.remove(name);
            }
        } else if (type == 'B') {
            isCommitting = commits.contains(text(body, end(body, 0) + 1));
        }
    }

    private static boolean isCommit(String statement) {
        return statement.strip().toUpperCase(Locale.ROOT).startsWith("COMMIT");
    }

    private static String text(byte[] body, int from) {
        return new String(body, from, end(body, from) - from, StandardCharsets.UTF_8);
    }

    /** The place of the zero that ends the text. */
    private static int end(byte[] body, int from) {
        int at = from;
        while (body[at] != 0) {
            at++;
        }
        return at;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // It is closed one way or the other.
        }
    }
}
