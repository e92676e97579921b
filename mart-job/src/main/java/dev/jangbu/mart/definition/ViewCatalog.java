package dev.jangbu.mart.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The views packaged in this jar. */
public final class ViewCatalog {
    private static final String FILES = "classpath*:sql/views/*.yaml";

    private ViewCatalog() {}

    /**
     * All of them, by name.
     *
     * @throws IllegalStateException when a packaged file is wrong
     */
    public static List<View> packaged() {
        try {
            List<View> views = new ArrayList<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
                try (InputStream yaml = file.getInputStream()) {
                    views.add(MartFolder.YAML.readValue(yaml, View.class));
                }
            }
            views.sort(Comparator.comparing(View::name));
            return List.copyOf(views);
        } catch (IOException failure) {
            throw new UncheckedIOException("the packaged views cannot be read", failure);
        }
    }
}
