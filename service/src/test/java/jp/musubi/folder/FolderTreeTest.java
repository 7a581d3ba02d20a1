package jp.musubi.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("フォルダの木")
class FolderTreeTest {
  private static final UUID ROADS = UUID.randomUUID();
  private static final UUID WELFARE = UUID.randomUUID();
  private static final UUID ME = UUID.randomUUID();

  private final List<Folder> folders = new ArrayList<>();

  private UUID folder(UUID section, @Nullable UUID parent, String name) {
    var id = UUID.randomUUID();
    folders.add(new Folder(id, section, parent, name, false));
    return id;
  }

  @Test
  @DisplayName("自身の中、ほかの所属のフォルダの中には置けない")
  void liesInNoCircle() {
    var works = folder(ROADS, null, "工事");
    var year = folder(ROADS, works, "令和8年度");
    var repairs = folder(ROADS, year, "修繕");
    var theirs = folder(WELFARE, null, "委託");
    var tree = new FolderTree(folders);
    assertThat(tree.refuses(works, ROADS, works)).contains(FolderRefusal.IN_ITSELF);
    assertThat(tree.refuses(works, ROADS, repairs)).contains(FolderRefusal.IN_ITSELF);
    assertThat(tree.refuses(repairs, ROADS, works)).isEmpty();
    assertThat(tree.refuses(repairs, ROADS, null)).isEmpty();
    assertThat(tree.refuses(repairs, ROADS, theirs)).contains(FolderRefusal.OTHER_CABINET);
    assertThat(tree.refuses(null, ROADS, UUID.randomUUID())).contains(FolderRefusal.OTHER_CABINET);
    assertThat(tree.fullName(repairs)).isEqualTo("工事 ＞ 令和8年度 ＞ 修繕");
  }

  @Test
  @DisplayName("8段までで、中のフォルダごと移すときは、いちばん深いものを数える")
  void isAtMostEightDeep() {
    @Nullable UUID above = null;
    for (var depth = 1; depth < FolderTree.DEEPEST; depth++) {
      assertThat(new FolderTree(folders).refuses(null, ROADS, above)).isEmpty();
      above = folder(ROADS, above, depth + "段");
    }
    var two = folder(ROADS, null, "ほか");
    folder(ROADS, two, "その中");
    var tree = new FolderTree(folders);
    assertThat(tree.refuses(null, ROADS, above)).isEmpty();
    assertThat(tree.refuses(two, ROADS, above)).contains(FolderRefusal.TOO_DEEP);
    var eighth = folder(ROADS, above, "8段");
    assertThat(new FolderTree(folders).refuses(null, ROADS, eighth))
        .contains(FolderRefusal.TOO_DEEP);
  }

  @Test
  @DisplayName("上のフォルダが見えない人には、見えるところから始まる")
  void beginsWhereItIsSeen() {
    var hidden = folder(ROADS, null, "人事");
    var shown = folder(ROADS, hidden, "研修");
    var tree = new FolderTree(folders.stream().filter(each -> each.id().equals(shown)).toList());
    assertThat(tree.fullName(shown)).isEqualTo("研修");
    assertThat(tree.inOrder(ROADS))
        .singleElement()
        .satisfies(placed -> assertThat(placed.depth()).isZero());
  }

  @Test
  @DisplayName("親展に名のない人は、外すことも自分を加えることもできず、ほかの人に替えることはできる")
  void isNotOpenedByWhomItKeepsOut() {
    var folder = new Folder(UUID.randomUUID(), ROADS, null, "人事", true);
    var outside = new Standing(folder, false, false, true);
    var inside = new Standing(folder, true, true, true);
    var somebody = UUID.randomUUID();
    var before = new FolderRights.Rights(Set.of(), true, Set.of(somebody));
    var lifted = new FolderRights.Rights(Set.of(), false, Set.of());
    var withMe = new FolderRights.Rights(Set.of(), true, Set.of(somebody, ME));
    var another = new FolderRights.Rights(Set.of(), true, Set.of(UUID.randomUUID()));
    assertThat(FolderRights.refuses(outside, before, lifted, ME))
        .contains(FolderRefusal.NOT_NAMED_ONESELF);
    assertThat(FolderRights.refuses(outside, before, withMe, ME))
        .contains(FolderRefusal.NOT_NAMED_ONESELF);
    assertThat(FolderRights.refuses(outside, before, another, ME)).isEmpty();
    assertThat(FolderRights.refuses(inside, before, lifted, ME)).isEmpty();
    assertThat(FolderRights.refuses(inside, before, withMe, ME)).isEmpty();
    assertThat(
            FolderRights.refuses(
                inside, before, new FolderRights.Rights(Set.of(), true, Set.of()), ME))
        .contains(FolderRefusal.NOBODY_NAMED);
  }
}
