package jp.musubi.journeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Contracts made, sent, answered and signed in a real browser; a picture of each step.
 *
 * @param pdf what is sent
 */
record Rounds(Stage stage, Path pdf) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Who is entered in step 2. */
  record Signer(
      String organisation, String name, String mail, String capacity, String venture, int place) {

    static Signer alone(String organisation, String name, String mail) {
      return new Signer(organisation, name, mail, "AUTHORITY", "", 1);
    }
  }

  /** What is entered in step 3. */
  record About(String title, String kind, boolean councilVote) {

    static About services(String title) {
      return new About(title, "SERVICES", false);
    }
  }

  /** The clerk makes and sends a contract; where it is. */
  String send(Page clerk, About about, List<Signer> signers, String pictures) {
    draft(clerk, about, signers, pictures);
    Desk.press(clerk, "送信する");
    Desk.await(clerk, "これまでの経過");
    Desk.met(clerk, stage.screens(), pictures + "-4-sent");
    return clerk.url();
  }

  /** The clerk makes a contract up to the page on which it is looked over; where it is. */
  String draft(Page clerk, About about, List<Signer> signers, String pictures) {
    clerk.navigate(stage.service().address().resolve("/contracts/new").toString());
    clerk.locator("input[type=file]").setInputFiles(pdf);
    Desk.press(clerk, "検査して次へ");
    Desk.await(clerk, "同意する方の氏名");
    for (var i = 1; i < signers.size(); i++) {
      Desk.press(clerk, "相手方を加える");
      clerk.locator("[name=organisation-" + (i + 1) + "]").waitFor();
    }
    for (var i = 0; i < signers.size(); i++) {
      enter(clerk, signers.get(i), i + 1, signers.size() > 1);
    }
    clerk.locator("label", new Page.LocatorOptions().setHasText(Walk.OFFICE_HOLDER)).click();
    Desk.met(clerk, stage.screens(), pictures + "-1-parties");
    saveAndNext(clerk);
    terms(clerk, about, pictures);
    return clerk.url().replaceFirst("/review$", "");
  }

  /** Step 3, up to the page on which everything is looked over. */
  void terms(Page clerk, About about, String pictures) {
    Desk.await(clerk, "契約種別");
    clerk.locator("[name=title]").fill(about.title());
    clerk.locator("[name=kind]").selectOption(about.kind());
    clerk.locator("[name=amount]").fill("1,980,000");
    if (about.councilVote()) {
      clerk.locator("[name=councilVote]").check();
    }
    Desk.met(clerk, stage.screens(), pictures + "-2-terms");
    Desk.press(clerk, "保存して次へ");
    Desk.await(clerk, "送る前に確かめてください");
    Desk.met(clerk, stage.screens(), pictures + "-3-review");
  }

  /** Saves step 2; the key that searches among known counterparties is another one. */
  static void saveAndNext(Page clerk) {
    clerk
        .locator("button[data-type=solid-fill]", new Page.LocatorOptions().setHasText("保存して次へ"))
        .click();
  }

  private static void enter(Page page, Signer signer, int number, boolean several) {
    page.locator("[name=organisation-" + number + "]").fill(signer.organisation());
    page.locator("[name=name-" + number + "]").fill(signer.name());
    page.locator("[name=mail-" + number + "]").fill(signer.mail());
    page.locator("[name=identity-" + number + "][value=mail]").check();
    if (several) {
      page.locator("[name=place-" + number + "]").fill(String.valueOf(signer.place()));
    }
    if (!signer.venture().isEmpty()) {
      page.locator("details:has([name=venture-" + number + "]) summary").click();
      page.locator("[name=capacity-" + number + "][value=" + signer.capacity() + "]").check();
      page.locator("[name=venture-" + number + "]").fill(signer.venture());
    }
  }

  /** Somebody opens the link that came by mail, on a phone. */
  Page open(String mail, String title) throws IOException, InterruptedException {
    var page = stage.browser().phone().newPage();
    page.navigate(stage.inbox().await(mail, title, PATIENCE).link());
    Desk.press(page, "文書を確認する");
    page.waitForURL(url -> url.contains("/read"));
    return page;
  }

  /** Goes through all pages, to the one on which one agrees. */
  static void read(Page page) {
    page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
    page.waitForLoadState(LoadState.NETWORKIDLE);
    page.locator("main a, main button")
        .filter(new Locator.FilterOptions().setHasText("同意の確認へ進む"))
        .first()
        .click();
    page.waitForURL(url -> url.contains("/confirm"));
  }

  static void agree(Page page) {
    page.locator("[name=authority]").check();
    Desk.press(page, "同意して署名する");
    page.waitForURL(url -> url.contains("/done"));
  }

  /** The mayor signs as soon as it is his turn. */
  void sign(String contract, String picture) throws InterruptedException {
    var mayor = stage.browser().desktop().newPage();
    Desk.signIn(mayor, stage.service(), "taro");
    mayor.navigate(contract + "/signature");
    Desk.awaitField(mayor, "password");
    Desk.met(mayor, stage.screens(), picture);
    mayor.locator("[name=confirmed]").check();
    mayor.locator("[name=password]").fill(Walk.PASSWORD);
    Desk.press(mayor, "電子署名する");
    mayor.waitForURL(url -> !url.contains("/signature"));
  }

  /** The clerk waits until it is concluded. */
  void concluded(Page clerk, String contract, String picture) throws InterruptedException {
    clerk.navigate(contract);
    Desk.awaitText(clerk, "締結証明書");
    Desk.met(clerk, stage.screens(), picture);
  }
}
