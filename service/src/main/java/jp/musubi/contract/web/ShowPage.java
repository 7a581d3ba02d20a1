package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.SendingGate;
import jp.musubi.platform.web.Chip;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Step;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * 契約 on one page: its life, who has it, what it says, how it can be proved.
 *
 * @param life 作成・相手方・契約名義の署名・締結
 * @param now who has it and since when
 * @param next what happens or is to be done next
 * @param cause what sealing waits for, if it waits
 * @param council 議会の議決, if a concluded contract needs one
 * @param working whether the service itself is at work, so that a look again is worth it
 * @param standings what has to be settled within the house before a draft may leave it
 * @param family contracts it is linked with
 * @param sha256 digest of the file as it stands
 */
record ShowPage(
    String path,
    String title,
    String number,
    Chip chip,
    List<Step> life,
    Text now,
    Text next,
    @Nullable Text cause,
    @Nullable CouncilWords council,
    boolean working,
    List<SendingGate.Standing> standings,
    Actions actions,
    List<Fact> facts,
    List<FamilyWords.Member> family,
    List<Signer> signers,
    List<Event> history,
    String sha256,
    List<Seal> seals,
    boolean concluded,
    boolean elsewhere,
    List<Sheet> sheets) {

  /**
   * Where the reader may go on from here.
   *
   * @param resume a draft's next step
   */
  record Actions(
      @Nullable String resume,
      @Nullable String sign,
      @Nullable String reissue,
      @Nullable String withdraw,
      @Nullable String paper,
      @Nullable String schedule,
      @Nullable String copy,
      @Nullable String vote) {}

  /**
   * A party and how it was identified.
   *
   * @param role message key
   * @param identified in words; when empty it has not agreed yet
   */
  record Signer(
      String role, String name, String mail, boolean agreed, String at, String identified) {}

  /** One thing that happened, as a sentence. */
  record Event(String machineTime, String time, String sentence) {}

  /** One electronic signature in the file. */
  record Seal(int number, String name, String at, String sealSerial, String timestampSerial) {}

  /** One page of the document. */
  record Sheet(int number) {

    static List<Sheet> of(int pages) {
      return java.util.stream.IntStream.rangeClosed(1, pages).mapToObj(Sheet::new).toList();
    }
  }
}
