package jp.musubi.mark;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.input.InputBox;
import jp.musubi.seal.appearance.PageSize;

/**
 * 表示の一覧 of one contract. Pure.
 *
 * @param imprints those that its marks show, and the one of its office
 */
record MarkSheet(Particulars contract, List<Mark> marks, List<OfficeImprint> imprints) {
  /** Between a mark and the edge of the page, and between marks, in tenths of a millimetre. */
  private static final int MARGIN = 200;

  private static final int GAP = 50;
  private static final int NAME_WIDTH = 800;
  private static final int NAME_HEIGHT = 200;
  private static final int PICTURE = 240;

  /** Keeps its own copies. */
  MarkSheet {
    marks = List.copyOf(marks);
    imprints = List.copyOf(imprints);
  }

  /** The mark of that key. */
  Optional<Mark> find(UUID id) {
    return marks.stream().filter(mark -> mark.id().equals(id)).findFirst();
  }

  /** Whose it is; empty when the contract has no such party any more. */
  Optional<Party> party(Mark mark) {
    return contract.parties().stream().filter(mark::isOf).findFirst();
  }

  /** The mark of a party, if it has one. */
  Optional<Mark> of(Party party) {
    return marks.stream().filter(mark -> mark.isOf(party)).findFirst();
  }

  /** The picture that may be drawn for the contract's office, if there is one. */
  Optional<OfficeImprint> ownImprint() {
    return imprints.stream().filter(each -> each.isOf(contract.officeId())).findFirst();
  }

  /**
   * Whether it must not be drawn: its party is gone, or its picture is no more that of the office
   * in whose name the contract is made.
   */
  boolean isStale(Mark mark) {
    return party(mark).isEmpty() || mark.imprint().filter(meant -> !isOwn(meant)).isPresent();
  }

  private boolean isOwn(UUID imprint) {
    return ownImprint().map(OfficeImprint::id).filter(imprint::equals).isPresent();
  }

  /** What is drawn. */
  List<Mark> drawn() {
    return marks.stream().filter(mark -> !isStale(mark)).toList();
  }

  /** What keeps the draft from being sent. */
  List<Mark> stale() {
    return marks.stream().filter(this::isStale).toList();
  }

  /**
   * Where a mark may stand at first: on the last page, where a hand would sign, and over no other.
   *
   * @param picture whether it shows a picture
   */
  InputBox free(boolean picture, List<PageSize> pages) {
    var size = pages.getLast();
    var wide = InputBox.tenths(size.width());
    var high = InputBox.tenths(size.height());
    var width = Math.min(picture ? PICTURE : NAME_WIDTH, wide);
    var height = Math.min(picture ? PICTURE : NAME_HEIGHT, high);
    var first = box(pages.size(), wide - MARGIN - width, high - MARGIN - height, width, height);
    for (var left = wide - MARGIN - width; left >= 0; left -= width + GAP) {
      for (var top = high - MARGIN - height; top >= 0; top -= height + GAP) {
        var box = box(pages.size(), left, top, width, height);
        if (marks.stream().noneMatch(mark -> mark.box().meets(box))) {
          return box;
        }
      }
    }
    return first;
  }

  private static InputBox box(int page, int left, int top, int width, int height) {
    return new InputBox(page, Math.max(0, left), Math.max(0, top), width, height);
  }
}
