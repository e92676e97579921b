package dev.jangbu.endtoend;

import dev.jangbu.kit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A person put among a day's events in every way a source may name one: their lines, and lines of others that name them. */
final class PlantedPerson {
    static final String ID = "U990001";
    static final String FIX = """
            why: the app wrote platforms in capitals, and a batch without ids
            rules:
            - field: platform
              map: {WEB: web}
            - field: uid
              rename: user_id
            """;

    private final List<String> others;
    private final List<String> theirs = new ArrayList<>();
    private int number;

    /** @param others lines of a day without the person; somebody among them bought something */
    PlantedPerson(List<String> others) {
        this.others = List.copyOf(others);
        plant();
    }

    /** The day without the person. */
    Path without(Path file) throws IOException {
        return Files.write(file, others);
    }

    /** The day with the person, spread among the others' lines. */
    Path with(Path file) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        int step = others.size() / (theirs.size() + 1);
        for (int line = 0; line < others.size(); line++) {
            lines.write((others.get(line) + "\n").getBytes(StandardCharsets.UTF_8));
            int planted = line / step;
            if (line % step == step - 1 && planted < theirs.size()) {
                lines.write((theirs.get(planted) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] head = ("{\"user_id\":\"" + ID + "\",\"search_query\":\"").getBytes(StandardCharsets.UTF_8);
        lines.write(head);
        lines.write(0xff);
        lines.write("\"}\n".getBytes(StandardCharsets.UTF_8));
        return Files.write(file, lines.toByteArray());
    }

    private void plant() {
        String buyer = others.stream()
                .filter(line -> line.contains("\"purchase\""))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*\"user_id\":\"([^\"]+)\".*", "$1");
        for (String line : others) {
            if (line.contains("\"" + buyer + "\"")) {
                theirs.add(own(line, ID));
            }
        }
        String view = others.stream()
                .filter(line -> line.contains("\"page_view\""))
                .findFirst()
                .orElseThrow();
        theirs.add(own(view, ID).replaceFirst("\"platform\":\"[a-z]+\"", "\"platform\":\"WEB\""));
        theirs.add(own(view, ID).replaceFirst("\"platform\":\"[a-z]+\"", "\"platform\":\"fax " + ID + "\""));
        theirs.add(own(view, ID).replace("\"user_id\"", "\"uid\""));
        theirs.add(own(view, ID).replace("\"user_id\":\"U", "\"user_id\":\"\\u0055"));
        theirs.add("{\"user_id\":\"" + ID + "\", and then nothing");
        theirs.add(own(view, "U990002").replaceFirst("\\{", "{\"memo\":\"call\\\\n" + ID + " back\","));
        theirs.add("{\"user_id\":\"" + ID + "\",\"search_query\":\"" + "x".repeat(100_000) + "\"}");
    }

    private String own(String line, String user) {
        ObjectNode event = (ObjectNode) Json.mapper().readTree(line);
        event.put("event_id", new UUID(0x0990_0010_0000_4000L, 0x8000_0000_0000_0000L + ++number).toString());
        event.put("user_id", user);
        event.put("session_id", "planted-" + user.toLowerCase(Locale.ROOT).substring(1) + "-s");
        if (event.has("order_id")) {
            event.put("order_id", "ORD990001" + number);
        }
        return Json.line(event);
    }
}
