package dev.jangbu.mart.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {
    @Test
    void textAndAttributesAreEscaped() {
        String html = new Markup().leaf("p", "<b>&\"'", "title", "\"><script>").finish();

        assertThat(html).isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&quot;&#39;</p>\n");
    }

    @ParameterizedTest
    @CsvSource({
        "onclick, #x",
        "onerror, alert(1)",
        "src, x",
        "href, javascript:x",
        "srcdoc, x",
        "formaction, /x",
        "a b, x"
    })
    void attributesThatRunOrLoadAreRefused(String name, String value) {
        assertThatThrownBy(() -> new Markup().open("a", name, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scriptsOpenTagsAndStylesThatEndEarlyAreRefused() {
        assertThatThrownBy(() -> new Markup().open("script"))
                .hasMessage("name: script (expected: a tag or attribute of this page)");
        assertThatThrownBy(() -> new Markup().open("p").finish()).hasMessage("open: [p] (expected: every tag closed)");
        assertThatThrownBy(() -> new Markup().style("</style>"))
                .hasMessage("style sheet: holds </ (expected: plain CSS)");
        assertThat(new Markup().open("a", "href", "#top").close().finish()).isEqualTo("<a href=\"#top\"></a>\n");
    }
}
