package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.SendingGate;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Step;
import jp.musubi.platform.web.Text;

/**
 * 契約を作る, step 4: everything, before it leaves the house.
 *
 * @param base path of the draft
 * @param barred why it may not be electronic; then it cannot be sent
 * @param warnings message keys of what the sender should think about
 * @param standings what has to be settled within the house before
 * @param files what is concluded with the document
 * @param flow who signs, in order, and how they will be asked
 * @param mails what the counterparties will be sent
 * @param sha256 digest of the bytes that will be signed
 * @param seed of the access code
 */
record ReviewPage(
    String base,
    String title,
    String number,
    List<Step> steps,
    List<Text> barred,
    List<Text> warnings,
    List<SendingGate.Standing> standings,
    List<Fact> facts,
    List<FilesPage.Group> files,
    List<Turn> flow,
    List<Letter> mails,
    String sha256,
    List<ShowPage.Sheet> sheets,
    String sender,
    String key,
    String seed,
    int version) {

  /** Whether it cannot be sent now. */
  public boolean held() {
    return standings.stream().anyMatch(SendingGate.Standing::holds);
  }

  /** Whether it cannot be changed now. */
  public boolean settled() {
    return standings.stream().anyMatch(SendingGate.Standing::settles);
  }

  /**
   * One party's turn.
   *
   * @param together whether others are asked at the same time
   */
  record Turn(String name, boolean together, String what) {}

  /** A mail as it will be sent. */
  record Letter(String to, String subject, String body) {}
}
