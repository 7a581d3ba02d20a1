package jp.musubi.shelf;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import jp.musubi.platform.Holding;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** 契約の控え: the list of what its holder has concluded, with every body. */
@Controller
@RequestMapping("/past/contracts")
class ShelfController {
  private static final int MOST_LETTERS = 100;

  private final Gate gate;
  private final Shelf shelf;
  private final Files files;
  private final TransactionOperations transaction;
  private final Book book;
  private final Clock clock;

  ShelfController(
      Gate gate,
      Shelf shelf,
      Files files,
      TransactionOperations transaction,
      Book book,
      Clock clock) {
    this.gate = gate;
    this.shelf = shelf;
    this.files = files;
    this.transaction = transaction;
    this.book = book;
    this.clock = clock;
  }

  /**
   * One contract.
   *
   * @param changes title and number of the contract that it changes; empty if none is known here
   */
  record Line(
      String title,
      String body,
      String number,
      String contractDate,
      String concludedAt,
      String amount,
      String until,
      String changes,
      String document,
      String certificate) {}

  /**
   * The list.
   *
   * @param searched whether somebody looks for something
   * @param next the page after this one; null at the end
   * @param zip all of the chosen 年度; null where none is chosen
   * @param limited whether contracts that asked for more than the mailbox are kept back
   */
  record Page(
      Field words,
      Field year,
      List<Line> lines,
      boolean searched,
      boolean further,
      @Nullable String next,
      @Nullable String zip,
      boolean limited) {}

  @GetMapping
  ModelAndView list(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "") String year,
      @RequestParam(defaultValue = "") String after,
      HttpServletRequest request) {
    return gate.open(request, opened -> list(opened, words, year, after, request));
  }

  private ModelAndView list(
      Opened opened, String words, String year, String after, HttpServletRequest request) {
    var typed = words.length() > MOST_LETTERS ? words.substring(0, MOST_LETTERS) : words;
    var chosen =
        year.matches("[0-9]{4}") ? OptionalInt.of(Integer.parseInt(year)) : OptionalInt.empty();
    var search = new Shelf.Search(typed, chosen, EnterController.id(after).orElse(null));
    var now = clock.instant();
    var address = opened.address();
    var years = new ArrayList<Integer>();
    var found =
        Holding.in(
            address,
            () ->
                Objects.requireNonNull(
                    transaction.execute(_ -> {
                      years.addAll(shelf.years(address, opened.reach(), now));
                      return shelf.page(address, opened.reach(), search, now);
                    })));
    var shown = found.subList(0, Math.min(found.size(), Shelf.PAGE));
    var changes = files.changes(opened, shown);
    var options = new ArrayList<Option>();
    options.add(new Option("", book.shown("past.year.all")));
    years.forEach(each ->
        options.add(
            new Option(String.valueOf(each), book.shown("past.year.of", String.valueOf(each)))));
    return Pages.of("shelf/list", request)
        .addObject(
            "page",
            new Page(
                Field.optional("words", "past.words").hinted("past.words.hint").with(typed),
                Field.optional("year", "past.year").offering(options).with(year),
                shown.stream()
                    .map(entry -> line(entry, changes.getOrDefault(entry.id(), "")))
                    .toList(),
                !typed.isBlank() || chosen.isPresent(),
                search.after() != null,
                found.size() > Shelf.PAGE
                    ? UriComponentsBuilder.fromPath("/past/contracts")
                        .queryParam("words", "{words}")
                        .queryParam("year", "{year}")
                        .queryParam("after", "{after}")
                        .encode()
                        .buildAndExpand(typed, year, shown.getLast().id())
                        .toUriString()
                    : null,
                chosen.isPresent() && !shown.isEmpty()
                    ? "/past/contracts.zip?year=" + chosen.getAsInt()
                    : null,
                opened.reach() != Reach.ALL));
  }

  private Line line(Entry entry, String changes) {
    var path = "/past/contracts/" + entry.id();
    return new Line(
        entry.title(),
        entry.bodyName(),
        entry.number(),
        entry.contractDate().map(Pages::day).orElse(""),
        Pages.time(entry.concludedAt()),
        entry.amount().isPresent()
            ? Yen.format(entry.amount().getAsLong())
            : book.shown("past.amount.none"),
        Pages.lastDay(entry.readableUntil()),
        changes,
        path + "/document.pdf",
        path + "/certificate.pdf");
  }
}
