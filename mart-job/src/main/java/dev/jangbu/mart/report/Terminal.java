package dev.jangbu.mart.report;

import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;

/**
 * Where text for people goes.
 *
 * @param isColoured whether ANSI colours are understood and wanted
 */
public record Terminal(PrintStream out, boolean isColoured) {
    /** The columns text is fitted to. */
    public static final int COLUMNS = 100;

    /** Of the process: coloured on a terminal, unless {@code NO_COLOR} is set. */
    public static Terminal ofProcess() {
        return new Terminal(System.out, Ansi.AUTO.enabled());
    }

    public Ink ink() {
        return new Ink(isColoured);
    }

    /** Colours that leave the text alone where they are not wanted. */
    public record Ink(boolean isOn) {
        public String bold(String text) {
            return paint("1", text);
        }

        public String dim(String text) {
            return paint("2", text);
        }

        public String green(String text) {
            return paint("32", text);
        }

        public String yellow(String text) {
            return paint("33", text);
        }

        public String red(String text) {
            return paint("1;31", text);
        }

        private String paint(String code, String text) {
            return isOn ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
        }
    }
}
