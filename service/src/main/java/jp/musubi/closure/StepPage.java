package jp.musubi.closure;

import java.util.List;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.Proving;
import org.jspecify.annotations.Nullable;

/**
 * The page of a step that wants a fresh proof of oneself: what it is about, what it does, the form.
 *
 * @param words message keys begin with it: heading, effect, submit
 */
record StepPage(
    String words,
    List<Crumb> crumbs,
    List<Fact> facts,
    String path,
    String back,
    List<Field> fields,
    @Nullable Text refusal,
    @Nullable Proving proof) {

  StepPage {
    crumbs = List.copyOf(crumbs);
    facts = List.copyOf(facts);
    fields = List.copyOf(fields);
  }

  /** Of the heading, which is that of the page, too. */
  public String heading() {
    return words;
  }

  /** What the step does. */
  public String effect() {
    return words + ".effect";
  }

  /** Of the button. */
  public String submit() {
    return words + ".submit";
  }
}
