package jp.musubi.register;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the register's page together. */
@Component
class RegisterPages {
  private final RegisterFields fields;
  private final SectionRegister sections;
  private final Tags tags;
  private final Book book;

  RegisterPages(RegisterFields fields, SectionRegister sections, Tags tags, Book book) {
    this.fields = fields;
    this.sections = sections;
    this.tags = tags;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param fullText whether the text is searched, too; null where the body does not want it
   * @param wrong the fields, where something is wrong with one
   * @param open whether the further conditions are unfolded
   * @param count null while the conditions cannot be read
   * @param reset whether there is something to take off
   * @param next where the next page is; null on the last
   * @param hidden what the form that keeps a search sends along
   * @param nameWrong message key of why it could not be kept; empty where nothing is wrong
   * @param imports whether the reader corrects by lists
   */
  record Page(
      Field words,
      @Nullable Field fullText,
      List<RegisterFields.Row> rows,
      List<RegisterFields.Tick> missing,
      List<Field> wrong,
      boolean open,
      @Nullable String count,
      boolean reset,
      boolean further,
      List<String> columns,
      List<Line> lines,
      @Nullable String next,
      String csv,
      String cp932,
      List<Saved> saved,
      List<Hidden> hidden,
      String nameWrong,
      boolean imports) {}

  /**
   * One contract.
   *
   * @param excerpt where the words stand in its text
   * @param whole where its 案件 is; null for one that stands alone
   */
  record Line(
      String path,
      String number,
      String title,
      String counterparties,
      String amount,
      String contractDate,
      String section,
      String phase,
      @Nullable String excerpt,
      @Nullable String whole,
      List<Label> tags,
      List<Cell> own) {}

  /** A tag, and the colour beside its word. */
  record Label(String name, String shade) {}

  /** A value of one of the body's own items. */
  record Cell(String name, String value) {}

  /** A search that was kept. */
  record Saved(String name, String path, String removal) {}

  /** A condition. */
  record Hidden(String name, String value) {}

  Page of(
      RegisterForm form,
      Map<String, Text> wrong,
      RegisterSearch.Page found,
      RegisterSearch.Count count,
      boolean further,
      List<SavedSearches.Saved> saved,
      List<Option> folders,
      String nameWrong,
      boolean imports,
      boolean fullText,
      Map<UUID, String> excerpts,
      Set<UUID> linked) {
    var names = new SectionNames(sections.terms());
    var words = tags.all();
    var listed = form.items().stream().filter(item -> item.listed() && !item.retired()).toList();
    var hidden = new ArrayList<Hidden>();
    form.typed().forEach((name, value) -> hidden.add(new Hidden(name, value)));
    form.missing().forEach(name -> hidden.add(new Hidden("missing", name)));
    return new Page(
        fields.words(form, wrong),
        fullText ? fields.fullText(form, wrong) : null,
        fields.rows(form, wrong, folders),
        fields.missing(form),
        wrong.isEmpty() ? List.of() : fields.all(form, wrong, folders),
        form.detailed(),
        wrong.isEmpty() ? counted(count) : null,
        !form.bare(),
        further,
        listed.stream().map(Item::name).toList(),
        found.rows().stream()
            .map(row -> line(row, names, listed, excerpts, words, linked))
            .toList(),
        found
            .next()
            .map(next ->
                form.address("/register")
                    .queryParam("after", next.createdAt() + "_" + next.id())
                    .build()
                    .toUriString())
            .orElse(null),
        form.address("/register.csv").build().toUriString(),
        form.address("/register.csv").queryParam("letters", "cp932").build().toUriString(),
        saved.stream()
            .map(each ->
                new Saved(
                    each.name(),
                    "/register" + each.query(),
                    "/register/searches/" + each.id() + "/removal"))
            .toList(),
        hidden,
        nameWrong,
        imports);
  }

  private String counted(RegisterSearch.Count count) {
    return count.more()
        ? book.of("register.count.more", "%,d".formatted(count.found()))
        : book.of("register.count", "%,d".formatted(count.found()));
  }

  private Line line(
      RegisterRow row,
      SectionNames names,
      List<Item> listed,
      Map<UUID, String> excerpts,
      List<Tag> words,
      Set<UUID> linked) {
    return new Line(
        "/contracts/" + row.id(),
        row.number(),
        row.title(),
        row.counterparties().isEmpty() ? book.of("register.none") : row.counterparties(),
        row.amount().isPresent()
            ? book.of("contract.amount.yen", Yen.format(row.amount().getAsLong()))
            : book.of("register.none"),
        day(row.contractDate()),
        names.at(row.section(), row.createdAt()),
        book.of("contract.phase." + row.phase()),
        excerpts.get(row.id()),
        linked.contains(row.id()) ? "/contracts/" + row.id() + "/case" : null,
        words.stream()
            .filter(tag -> row.tags().contains(tag.id()))
            .map(tag -> new Label(tag.name(), tag.colour().shade()))
            .toList(),
        listed.stream()
            .map(item ->
                new Cell(
                    item.name(),
                    Optional.ofNullable(row.entry().values().get(item.id()))
                        .map(item::shown)
                        .orElseGet(() -> book.of("register.none"))))
            .toList());
  }

  private String day(Optional<LocalDate> day) {
    return day.map(JapaneseDates::date).orElseGet(() -> book.of("register.none"));
  }
}
