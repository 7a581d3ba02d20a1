package jp.musubi.renewal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 有効期間の言葉: what several of these pages say alike. */
@Component("protectionWords")
class Words {
  private static final List<String> COLUMNS =
      List.of(
          "protection.contract",
          "protection.concluded",
          "protection.until",
          "protection.cause",
          "protection.standing");

  private final Book book;

  Words(Book book) {
    this.book = book;
  }

  /** 令和18年（2036年）. */
  String year(int year) {
    var era = JapaneseDates.era(LocalDate.of(year, 12, 31));
    return book.of("protection.year", era.substring(0, era.indexOf('年') + 1), String.valueOf(year));
  }

  /** A table of contracts and until when each can be verified. */
  Sheet.Table table(Text caption, List<Progress.Line> lines, Instant now, String none) {
    return new Sheet.Table(
        caption, COLUMNS, lines.stream().map(line -> row(line, now)).toList(), none);
  }

  private List<Sheet.Cell> row(Progress.Line line, Instant now) {
    var standing = line.standing();
    return List.of(
        Sheet.Cell.link(line.title(), "/contracts/%s/protection".formatted(line.id()))
            .noted(line.number()),
        Sheet.Cell.of(JapaneseDates.time(line.concludedAt())),
        Sheet.Cell.of(JapaneseDates.date(standing.endsAt())),
        Sheet.Cell.of(cause(standing.cause())),
        Sheet.Cell.of(standing(standing, now))
            .noted(standing.trouble().map(this::trouble).orElse(null)));
  }

  /** What ends first. */
  String cause(String cause) {
    return book.of("protection.cause." + cause);
  }

  /** What keeps a renewal waiting. */
  String trouble(String trouble) {
    return book.of("protection.trouble." + trouble);
  }

  /** How a contract stands. */
  String standing(Standing standing, Instant now) {
    if (standing.isOver(now)) {
      return book.of("protection.standing.over");
    }
    if (standing.asked()) {
      return book.of("protection.standing.asked");
    }
    return standing.isDue(now)
        ? book.of("protection.standing.due", JapaneseDates.date(standing.dueAt()))
        : book.of("protection.standing.fine", JapaneseDates.date(standing.dueAt()));
  }

  /** The way to a page of the administrator's. */
  List<Crumb> crumbs(Crumb... more) {
    var crumbs = new java.util.ArrayList<Crumb>();
    crumbs.add(book.crumb("people.crumb.home", "/"));
    crumbs.addAll(List.of(more));
    return crumbs;
  }
}
