package jp.musubi.journeys.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntFunction;
import jp.musubi.journeys.Visitor;

/** 一括送信の机. A clerk who makes a form and sends many contracts by a list. */
final class BulkDesk {
  private static final String HEADING = "件名,相手方,役職,氏名,メール,契約金額,契約日,契約期間の開始日,契約期間の終了日,アクセスコード\r\n";
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Visitor clerk;
  private final Path folder;
  private final String name;
  private final String office;

  /**
   * A desk at which the form is there already.
   *
   * @param name what the form is called
   * @param office the 契約名義, as offered
   */
  BulkDesk(Visitor clerk, Path folder, Course.Sample sample, String name, String office)
      throws IOException, InterruptedException {
    this.clerk = clerk;
    this.folder = folder;
    this.name = name;
    this.office = office;
    var pdf = Files.write(folder.resolve("form.pdf"), sample.bytes(clerk));
    var page = clerk.get("/templates/new").expect(200);
    page =
        clerk
            .submit(
                page.form("登録する").fill("name", name).fill("kind", "UNIT_PRICE").choose("file", pdf))
            .expect(200);
    page = clerk.get(page.link("差し込み欄を置く")).expect(200);
    clerk
        .submit(page.form("この内容で置く").fill("name", "相手方").fill("type", "TEXT").fill("top", "20"))
        .expect(200);
  }

  /** A list of so many rows, numbered from there. */
  Path list(int from, int count, IntFunction<String> row) throws IOException {
    var list = new StringBuilder("\uFEFF" + HEADING);
    for (var number = from; number < from + count; number++) {
      list.append(row.apply(number));
    }
    return Files.writeString(folder.resolve("list.csv"), list, StandardCharsets.UTF_8);
  }

  /** A row in which nothing is wrong. */
  static String right(int number) {
    return row(number, Letters.address(number));
  }

  static String row(int number, String mail) {
    return "物品単価契約 その%d,株式会社 見本%d,代表取締役,例田 一郎,%s,1234,,,,なし\r\n".formatted(number, number, mail);
  }

  /** Has the list checked; the page on which drafts can be made of it. */
  Visitor.Page checked(Path list) throws IOException, InterruptedException {
    return await(hand(list), "この内容で下書きを作る");
  }

  /** Has a list checked in which something is wrong; the page that tells what. */
  Visitor.Page refused(Path list) throws IOException, InterruptedException {
    return await(hand(list), "誤りが");
  }

  private URI hand(Path list) throws IOException, InterruptedException {
    var page = clerk.get("/bulk/new").expect(200);
    var form = page.form("検査する").choose("file", list);
    form.fill("template", option(page, "template", name));
    form.fill("office", option(page, "office", office));
    return clerk.submit(form).expect(200).address();
  }

  /** Has drafts made of a checked list; the page from which they are looked over. */
  Visitor.Page made(Visitor.Page checked) throws IOException, InterruptedException {
    clerk.submit(checked.form("この内容で下書きを作る")).expect(200);
    return await(checked.address(), "一覧を確かめて送信する");
  }

  /** Looks at every page of the list, and sends all. */
  void send(Visitor.Page made) throws IOException, InterruptedException {
    var review = clerk.get(made.link("一覧を確かめて送信する")).expect(200);
    while (review.document().select("form:contains(一覧の契約をすべて送信する)").isEmpty()) {
      // The button stands on the last page of the list.
      review = clerk.get(review.link("次の")).expect(200);
    }
    clerk.submit(review.form("一覧の契約をすべて送信する")).expect(200);
  }

  /** Presses a button of the run's page. */
  Visitor.Page press(Visitor.Page run, String words) throws IOException, InterruptedException {
    var page = clerk.get(run.address().toString()).expect(200);
    return clerk.submit(page.form(words)).expect(200);
  }

  private static String option(Visitor.Page page, String select, String words) {
    return Objects.requireNonNull(
            page.document()
                .selectFirst("select[name=%s] option:contains(%s)".formatted(select, words)),
            words)
        .val();
  }

  private Visitor.Page await(URI address, String words) throws IOException, InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    var page = clerk.get(address.toString()).expect(200);
    while (!page.text().contains(words)) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("no '%s' on %s".formatted(words, page.text()));
      }
      // The work goes on by itself; a person looks again after a while, too.
      Thread.sleep(500);
      page = clerk.get(address.toString()).expect(200);
    }
    return page;
  }
}
