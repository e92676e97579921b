package dev.jangbu.search.page;

import dev.jangbu.search.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;

/** What all pages share: head, navigation, and the hidden field that says a form was sent from here. */
final class Frame {
    private Frame() {}

    /** A page of a caller. */
    static ResponseEntity<byte[]> page(
            HttpServletRequest request, @Nullable Caller caller, String title, Consumer<Html> main) {
        return page(request, caller, 200, title, main);
    }

    static ResponseEntity<byte[]> page(
            HttpServletRequest request, @Nullable Caller caller, int status, String title, Consumer<Html> main) {
        Html html = new Html();
        html.doctype().open("html", "lang", "ko").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.leaf("title", title + " · 장부 카드 매출");
        html.empty("link", "rel", "stylesheet", "href", "/style.css");
        html.empty("link", "rel", "icon", "type", "image/svg+xml", "href", "/icon.svg");
        html.close().open("body");
        html.leaf("a", "본문으로 건너뛰기", "class", "skip", "href", "#main");
        header(html, request, caller);
        html.open("main", "id", "main");
        html.leaf("h1", title);
        main.accept(html);
        String text = html.close(3).finish();
        return ResponseEntity.status(status)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The field every form that changes something must have. */
    static void token(Html html, HttpServletRequest request) {
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            html.empty("input", "type", "hidden", "name", token.getParameterName(), "value", token.getToken());
        }
    }

    private static void header(Html html, HttpServletRequest request, @Nullable Caller caller) {
        html.open("header").open("a", "class", "brand", "href", "/");
        html.leaf("span", "장", "class", "seal", "aria-hidden", "true");
        html.leaf("b", "카드 매출");
        html.close();
        if (caller != null) {
            html.open("nav", "aria-label", "주 메뉴");
            link(html, request, "/", "현황");
            link(html, request, "/sales", "검색");
            link(html, request, "/anomalies", "이상 거래");
            html.close();
            html.open("form", "method", "post", "action", "/logout", "class", "who");
            token(html, request);
            html.leaf("span", caller.name() + " · " + caller.tenant());
            html.leaf("button", "나가기", "type", "submit", "class", "quiet");
            html.close();
        }
        html.close();
    }

    private static void link(Html html, HttpServletRequest request, String path, String name) {
        if (request.getRequestURI().equals(path)) {
            html.leaf("a", name, "href", path, "aria-current", "page");
        } else {
            html.leaf("a", name, "href", path);
        }
    }
}
