package dev.jangbu.devsource;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Who reaches a server, and how it is called there.
 *
 * @param address of the interface it listens on
 * @param port where it listens there; 0 for any free one, kept from start to start
 * @param names in its certificate besides {@code localhost} and {@code 127.0.0.1}, as they are when it is first made
 */
public record Reach(String address, int port, List<String> names) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?");
    private static final int HIGHEST_PORT = 65_535;

    /** From this machine only. */
    public static final Reach LOOPBACK = new Reach(MariaDbServer.HOST, 0, List.of());

    public Reach {
        if (!ADDRESS.matcher(address).matches()) {
            throw new Refusal("--listen: " + address + " (expected: an address such as 0.0.0.0)");
        }
        if (port < 0 || port > HIGHEST_PORT) {
            throw new Refusal("--port: " + port + " (expected: 0.." + HIGHEST_PORT + ")");
        }
        names = List.copyOf(names);
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new Refusal("--name: " + name + " (expected: a name such as card-source)");
            }
        }
    }
}
