package dev.jangbu.search.page;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What people are told where programs get a problem document. */
@RestControllerAdvice(basePackageClasses = PageFailures.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class PageFailures {
    @ExceptionHandler
    ResponseEntity<byte[]> refused(HttpServletRequest request, ProblemException refused) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        Caller caller = known != null && known.getPrincipal() instanceof Caller found ? found : null;
        return Frame.page(
                request,
                caller,
                refused.problem().status(),
                refused.problem().status() == 404 ? "없습니다" : "할 수 없습니다",
                html -> html.leaf("p", Refused.text(refused.problem()), "class", "panel wrong", "role", "alert"));
    }
}
