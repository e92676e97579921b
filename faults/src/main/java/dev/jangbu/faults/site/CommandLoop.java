package dev.jangbu.faults.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/**
 * The main of a JVM with a job's classes: carries out one command a line of its input, arguments parted by tabs, as the
 * job's own main would, and tells each one's exit code in a line that nothing else prints. Alone on the class path with
 * the job, so it uses nothing but the JDK.
 */
public final class CommandLoop {
    static final String ENDED = "\u0001ended ";

    private CommandLoop() {}

    /** @param arguments the class of the job's command, and the class that runs commands */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Constructor<?> command = Class.forName(arguments[0]).getDeclaredConstructor();
        command.setAccessible(true);
        Method run = Class.forName(arguments[1]).getMethod("run", Object.class, String[].class);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            Object exitCode = run.invoke(null, command.newInstance(), line.split("\t", -1));
            System.out.println(ENDED + exitCode);
            System.out.flush();
        }
    }
}
