package dev.jangbu.search.page;

import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** The way to the next page: the same filters, further on. */
final class Paging {
    private Paging() {}

    static void next(Html html, HttpServletRequest request, Parameters parameters, @Nullable Cursor next) {
        if (next == null) {
            return;
        }
        Map<String, String> given = new TreeMap<>(parameters.all());
        given.put("cursor", next.text(parameters.filters()));
        html.open("p", "class", "links")
                .leaf("a", "다음 쪽", "href", address(request.getRequestURI(), given), "rel", "next", "class", "button")
                .close();
    }

    /** A path with parameters, each encoded. */
    static String address(String path, Map<String, String> parameters) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        parameters.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(parameters).toUriString();
    }
}
