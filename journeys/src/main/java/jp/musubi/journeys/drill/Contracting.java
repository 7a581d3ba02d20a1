package jp.musubi.journeys.drill;

import java.io.IOException;
import java.time.Duration;
import jp.musubi.journeys.Inbox;
import jp.musubi.journeys.Visitor;
import jp.musubi.journeys.Walk;

/** Single contracts on the way through a platform in trouble. */
final class Contracting {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Platform platform;
  private final Walk walk;
  private final Visitor clerk;
  private int count;

  Contracting(Platform platform) throws IOException, InterruptedException {
    this.platform = platform;
    this.walk = Rolling.walk(platform);
    this.clerk = walk.signIn("hanako");
  }

  /** A contract that was sent. */
  record Contract(String id, String code, String mail, String title) {}

  /** A contract that the counterparty has its letter about. */
  Contract send() throws IOException, InterruptedException {
    var number = ++count;
    var mail = "drill-%d@mihon.example".formatted(number);
    var title = "訓練の契約 その%d".formatted(number);
    var sent = walk.send(clerk, platform.sample(), title, mail);
    new Inbox(platform.home().resolve("mail")).await(mail, title, PATIENCE);
    return new Contract(sent.id(), sent.code(), mail, title);
  }

  void agree(Contract contract) throws IOException, InterruptedException {
    walk.agree(contract.mail(), contract.title(), contract.code());
  }

  /**
   * The office holder signs, once the counterparty's seal is made, and the file is concluded: all
   * of it, with the wait for the seal.
   */
  Duration conclude(Contract contract) throws IOException, InterruptedException {
    var began = System.nanoTime();
    var holder = walk.signIn("taro");
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!maySign(holder, contract) && System.nanoTime() < until) {
      Thread.sleep(500); // Nothing announces a seal.
    }
    // A page drawn while the seal arrived shows the file before it, and its button is refused
    // (409):
    // a person would look again.
    Thread.sleep(1000);
    walk.sign(holder, contract.id(), PATIENCE);
    walk.awaitConclusion(clerk, contract.id(), PATIENCE);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Whether the counterparty's seal is there: the office holder may sign. */
  boolean isSealed(Contract contract) throws IOException, InterruptedException {
    return maySign(walk.signIn("taro"), contract);
  }

  private static boolean maySign(Visitor holder, Contract contract)
      throws IOException, InterruptedException {
    return !holder
        .get("/contracts/%s/signature".formatted(contract.id()))
        .document()
        .select("input[name=password]")
        .isEmpty();
  }

  /** The page that answers an upload. */
  Visitor.Page upload() throws IOException, InterruptedException {
    var page = clerk.get("/contracts/new").expect(200);
    return clerk.submit(page.form("検査して次へ").choose("file", platform.sample()));
  }

  /** Whether the contract's own page says this within two minutes. */
  boolean says(Contract contract, String words) throws IOException, InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!clerk.get("/contracts/" + contract.id()).expect(200).text().contains(words)) {
      if (System.nanoTime() > until) {
        return false;
      }
      // Nothing announces that a seal waits; a person looks again after a while, too.
      Thread.sleep(500);
    }
    return true;
  }
}
