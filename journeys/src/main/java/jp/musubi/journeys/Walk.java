package jp.musubi.journeys;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One contract's way through the service, over HTTP and mail as people go it: the clerk sends, the
 * counterparty agrees without an account, the mayor signs, the file is concluded.
 */
public final class Walk {
  /** The trial's body that sends. */
  public static final String BODY = "109991";

  /** Who holds the office in whose name the walk contracts: 上毛市長. */
  public static final String OFFICE_HOLDER = "見本 太郎";

  /** Of everybody in the trial's bodies. */
  public static final String PASSWORD = "むすび試用2026-tsurumau";

  private static final Pattern CODE = Pattern.compile("\\d{4}[ -]?\\d{4}");
  private static final Pattern CONTRACT = Pattern.compile("/contracts/([0-9a-f-]{36})");
  private static final Duration MAIL_PATIENCE = Duration.ofMinutes(1);

  private final URI service;
  private final Inbox inbox;
  private final Steps steps;

  /** Told of every page that was reached. */
  public interface Steps {
    /** A step is done; {@code visitor} stands at {@code page}. */
    void reached(String step, Visitor visitor, Visitor.Page page);
  }

  /** A walk against a running service. */
  public Walk(URI service, Inbox inbox, Steps steps) {
    this.service = service;
    this.inbox = inbox;
    this.steps = steps;
  }

  /** Signs somebody of the body in. */
  public Visitor signIn(String login) throws IOException, InterruptedException {
    return signIn(BODY, login);
  }

  /** Signs somebody of another body in. */
  public Visitor signIn(String body, String login) throws IOException, InterruptedException {
    var visitor = new Visitor(service);
    var page = visitor.get("/signin").expect(200);
    page =
        visitor
            .submit(
                page.form("サインイン")
                    .fill("body", body)
                    .fill("login", login)
                    .fill("password", PASSWORD))
            .expect(200);
    steps.reached("signed-in-" + login, visitor, page);
    return visitor;
  }

  /**
   * What the clerk made.
   *
   * @param id key of the contract
   * @param code the access code to tell the counterparty
   */
  public record Sent(String id, String code) {}

  /** The clerk makes a contract of a PDF and sends it; an access code is asked for. */
  public Sent send(Visitor clerk, Path pdf, String title, String mail)
      throws IOException, InterruptedException {
    return send(clerk, pdf, title, mail, "access-code");
  }

  /**
   * The same, to a counterparty that shows who it is in another way.
   *
   * @param identity as the form names the way
   */
  public Sent send(Visitor clerk, Path pdf, String title, String mail, String identity)
      throws IOException, InterruptedException {
    var page = clerk.get("/contracts/new").expect(200);
    steps.reached("new", clerk, page);
    page = clerk.submit(page.form("検査して次へ").choose("file", pdf)).expect(200);
    steps.reached("parties", clerk, page);
    page =
        clerk
            .submit(
                page.form("保存して次へ")
                    .fill("organisation-1", "株式会社 見本建設")
                    .fill("title-1", "代表取締役")
                    .fill("name-1", "例田 一郎")
                    .fill("mail-1", mail)
                    .fill("identity-1", identity)
                    .choose("office", OFFICE_HOLDER))
            .expect(200);
    steps.reached("terms", clerk, page);
    page =
        clerk
            .submit(
                page.form("保存して次へ")
                    .fill("title", title)
                    .fill("kind", "SERVICES")
                    .fill("amount", "１２，９８０，０００")
                    .fill("contractDate", "令和8年12月4日")
                    .fill("periodFrom", "R8.12.7")
                    .fill("periodUntil", "2027/3/19"))
            .expect(200);
    steps.reached("review", clerk, page);
    page = clerk.submit(page.form("送信する")).expect(200);
    steps.reached("sent", clerk, page);
    var code = CODE.matcher(page.text());
    var id = CONTRACT.matcher(page.address().getPath());
    if (!code.find() || !id.find()) {
      throw new IllegalStateException(
          "no access code on %s: %s".formatted(page.address(), page.text()));
    }
    return new Sent(id.group(1), code.group().replaceAll("\\D", ""));
  }

  /** The counterparty opens the mailed link, proves who it is, reads every page and agrees. */
  public void agree(String mail, String title, String code)
      throws IOException, InterruptedException {
    var counterparty = new Visitor(service);
    var page = counterparty.get(inbox.await(mail, title, MAIL_PATIENCE).link()).expect(200);
    steps.reached("landing", counterparty, page);
    page = counterparty.submit(page.form("文書を確認する")).expect(200);
    steps.reached("code", counterparty, page);
    page = counterparty.submit(page.form("文書を開く").fill("code", code)).expect(200);
    steps.reached("reading", counterparty, page);
    readEveryPage(counterparty, page);
    page = counterparty.submit(page.form("同意の確認へ進む")).expect(200);
    steps.reached("confirm", counterparty, page);
    page = counterparty.submit(page.form("同意して署名する").tick("authority")).expect(200);
    steps.reached("agreed", counterparty, page);
  }

  private static void readEveryPage(Visitor reader, Visitor.Page page)
      throws IOException, InterruptedException {
    for (var image : page.document().select("main img[src]")) {
      reader.download(image.absUrl("src"));
    }
  }

  /** The office holder signs; waits while the counterparty's seal is still being made. */
  public void sign(Visitor holder, String contract, Duration patience)
      throws IOException, InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    var page = holder.get("/contracts/%s/signature".formatted(contract));
    while (page.document().select("input[name=password]").isEmpty()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("the office cannot sign: " + page.text());
      }
      Thread.sleep(200);
      page = holder.get("/contracts/%s/signature".formatted(contract));
    }
    steps.reached("signature", holder, page);
    page =
        holder.submit(page.form("電子署名する").tick("confirmed").fill("password", PASSWORD)).expect(200);
    steps.reached("signed", holder, page);
  }

  /** Waits until the contract's page says 締結済. */
  public void awaitConclusion(Visitor staff, String contract, Duration patience)
      throws IOException, InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < until) {
      var page = staff.get("/contracts/" + contract).expect(200);
      if (!page.document().select("a[href$=certificate.pdf]").isEmpty()) {
        steps.reached("concluded", staff, page);
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(
        "not concluded within %s: %s"
            .formatted(patience, staff.get("/contracts/" + contract).text()));
  }

  /** The counterparty comes back by the link that the last letter brought. */
  public Visitor.Page returnByLink(String mail, String subject)
      throws IOException, InterruptedException {
    var counterparty = new Visitor(service);
    var page = counterparty.get(inbox.await(mail, subject, MAIL_PATIENCE).link()).expect(200);
    page = counterparty.submit(page.form("契約書")).expect(200);
    steps.reached("returned", counterparty, page);
    return page;
  }
}
