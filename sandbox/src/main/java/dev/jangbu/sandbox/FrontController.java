package dev.jangbu.sandbox;

import dev.jangbu.sandbox.http.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Carries between the servlet container and {@link Front}. Only for who calls this machine by its loopback name, or the
 * container it is in by the name {@code sandbox}: no page of another site reaches it by a name of its own.
 */
@RestController
final class FrontController {
    private static final int BODY_LIMIT = 1 << 20;
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "sandbox");

    private final Front front;

    FrontController(Front front) {
        this.front = front;
    }

    @RequestMapping("/**")
    void any(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isOwnName(request.getServerName())) {
            write(Answer.text(421, request.getServerName() + ": not here (expected: 127.0.0.1 or sandbox)"), response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(BODY_LIMIT + 1);
        if (body.length > BODY_LIMIT) {
            write(Answer.text(413, "body: more than " + BODY_LIMIT + " bytes"), response);
            return;
        }
        Optional<Answer> answer = front.answer(received(request, body));
        if (answer.isPresent()) {
            write(answer.get(), response);
        } else {
            AbortValve.abort(request);
        }
    }

    private static Front.Received received(HttpServletRequest request, byte[] body) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        String query = request.getQueryString();
        return new Front.Received(
                request.getMethod(),
                URLDecoder.decode(request.getRequestURI().replace("+", "%2B"), StandardCharsets.UTF_8),
                query == null ? "" : query,
                headers,
                new String(body, StandardCharsets.UTF_8),
                "http://" + request.getServerName() + ":" + request.getServerPort());
    }

    private static void write(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        answer.content().writeTo(response.getOutputStream());
        response.flushBuffer();
    }

    private static boolean isOwnName(String name) {
        return OWN_NAMES.contains(name);
    }
}
