package dev.jangbu.search.page;

import dev.jangbu.search.http.Answers;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The style sheet, the icon, the description of the routes, and whether the server is up. */
@RestController
public final class Files {
    private final byte[] style = read("style.css");
    private final byte[] icon = read("icon.svg");
    private final byte[] routes = read("openapi.yaml");

    @GetMapping("/style.css")
    ResponseEntity<byte[]> style(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl("public, max-age=300");
        return Answers.answer(request, headers, "text/css;charset=UTF-8", style);
    }

    @GetMapping("/icon.svg")
    ResponseEntity<byte[]> icon(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl("public, max-age=86400");
        return Answers.answer(request, headers, "image/svg+xml", icon);
    }

    /** For everyone: it holds no data. */
    @GetMapping("/api/v1/openapi.yaml")
    ResponseEntity<byte[]> routes(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl("public, max-age=300");
        return Answers.answer(request, headers, "application/yaml", routes);
    }

    @GetMapping("/health")
    ResponseEntity<String> health() {
        return ResponseEntity.ok("up\n");
    }

    private static byte[] read(String name) {
        try (InputStream file = Objects.requireNonNull(Files.class.getResourceAsStream(name))) {
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
