package dev.jangbu.extract.cafe24;

import static dev.jangbu.extract.http.Promised.present;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A category of the mall.
 *
 * @param fullCategoryName names from the top, by depth from 1 to 4; null below its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Category(
        String categoryNo,
        @Nullable String shopNo,
        @Nullable Integer categoryDepth,
        @Nullable String parentCategoryNo,
        @Nullable String categoryName,
        @Nullable Map<String, @Nullable String> fullCategoryName,
        @Nullable Map<String, @Nullable String> fullCategoryNo,
        @Nullable String rootCategoryNo,
        @Nullable String useDisplay,
        @Nullable Integer displayOrder)
        implements OfShop {
    Category {
        present("category_no", categoryNo);
        fullCategoryName = copy(fullCategoryName);
        fullCategoryNo = copy(fullCategoryNo);
    }

    int depth() {
        return categoryDepth == null ? 0 : categoryDepth;
    }

    private static @Nullable Map<String, @Nullable String> copy(@Nullable Map<String, @Nullable String> map) {
        return map == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** A category as it lands, among products. */
    record Landed(Category category) {}
}
