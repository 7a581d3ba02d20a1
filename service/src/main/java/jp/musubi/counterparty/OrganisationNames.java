package jp.musubi.counterparty;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import jp.musubi.organisation.HolderNames;

/** 商号の比較. Whether two names may be written for the same organisation; pure (LAW-24). */
public final class OrganisationNames {
  /** What kind of company it is; written in full, in brackets, as one character, or not at all. */
  private static final Pattern FORM =
      Pattern.compile(
          "株式会社|有限会社|合同会社|合資会社|合名会社|(?:一般|公益)?(?:社団|財団)法人|特定非営利活動法人"
              + "|\\((?:株|有|同|資|名|一社|一財|公社|公財|特非)\\)");

  /** Old forms in names of companies, beside those in names of people. */
  private static final Map<Integer, Integer> VARIANTS =
      Map.ofEntries(
          Map.entry((int) '會', (int) '会'),
          Map.entry((int) '眞', (int) '真'),
          Map.entry((int) '惠', (int) '恵'),
          Map.entry((int) '榮', (int) '栄'),
          Map.entry((int) '壽', (int) '寿'),
          Map.entry((int) '德', (int) '徳'),
          Map.entry((int) '鐵', (int) '鉄'),
          Map.entry((int) '瀨', (int) '瀬'),
          Map.entry((int) '澁', (int) '渋'),
          Map.entry((int) '圓', (int) '円'),
          Map.entry((int) '藏', (int) '蔵'),
          Map.entry((int) '龍', (int) '竜'));

  private OrganisationNames() {}

  /** What names that are alike have in common; of a name that is nothing but a form, that form. */
  public static String key(String name) {
    var folded = new StringBuilder();
    HolderNames.key(name)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .map(c -> VARIANTS.getOrDefault(c, c))
        .forEach(folded::appendCodePoint);
    var bare = FORM.matcher(folded).replaceAll("");
    return bare.isEmpty() ? folded.toString() : bare;
  }

  /** Whether two names are alike: a reason to ask, not a proof. */
  public static boolean alike(String one, String other) {
    return !key(one).isEmpty() && key(one).equals(key(other));
  }
}
