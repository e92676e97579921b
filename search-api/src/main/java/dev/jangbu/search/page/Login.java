package dev.jangbu.search.page;

import dev.jangbu.search.access.CallerFilter;
import dev.jangbu.search.access.Callers;
import dev.jangbu.search.access.KeyText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A session begins by pasting a key: the browser then holds a cookie that is not the key. */
@RestController
public final class Login {
    private static final int LONGEST_KEY = 200;

    private final Callers callers;

    public Login(Callers callers) {
        this.callers = callers;
    }

    @GetMapping("/login")
    ResponseEntity<byte[]> form(HttpServletRequest request) {
        return form(request, 200, false);
    }

    @PostMapping("/login")
    ResponseEntity<byte[]> enter(HttpServletRequest request) {
        String key = request.getParameter("key");
        String hash = key == null || key.length() > LONGEST_KEY ? "" : KeyText.hash(key.strip());
        if (callers.ofKeyHash(hash).isEmpty()) {
            return form(request, 401, true);
        }
        CallerFilter.remember(request, hash);
        return ResponseEntity.status(303).location(URI.create("/")).build();
    }

    @PostMapping("/logout")
    ResponseEntity<byte[]> leave(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        return ResponseEntity.status(303).location(URI.create("/login")).build();
    }

    private static ResponseEntity<byte[]> form(HttpServletRequest request, int status, boolean isRefused) {
        return Frame.page(request, null, status, "들어가기", html -> {
            html.open("form", "method", "post", "action", "/login", "class", "panel login");
            Frame.token(html, request);
            html.leaf("label", "API 키", "for", "key");
            html.empty(
                    "input",
                    "id",
                    "key",
                    "name",
                    "key",
                    "type",
                    "password",
                    "required",
                    "required",
                    "autofocus",
                    "autofocus",
                    "autocomplete",
                    "current-password",
                    "maxlength",
                    "200");
            if (isRefused) {
                html.leaf("p", "열리지 않는 키입니다. 폐기되었거나 잘못 붙여 넣었습니다.", "class", "wrong", "role", "alert");
            }
            html.leaf("button", "들어가기", "type", "submit");
            html.leaf("p", "키는 search-api keys add 가 한 번 보여 준 것입니다. 브라우저에는 남지 않습니다.", "class", "soft");
            html.close();
        });
    }
}
