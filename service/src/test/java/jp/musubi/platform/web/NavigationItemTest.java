package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("メニューの項目")
class NavigationItemTest {
  private static final NavigationItem LIST =
      new NavigationItem(300, "list", "list", "/contracts", Set.of());
  private static final NavigationItem MAKE =
      new NavigationItem(
          200, "plus", "make", "/contracts/new", Set.of(), Set.of("/contracts/{id}/parties"));

  @Test
  @DisplayName("いちばんよく合う項目に、いまの画面が属する")
  void fitsBestWhereOneIs() {
    assertThat(MAKE.fits("/contracts/new")).isGreaterThan(LIST.fits("/contracts/new"));
    assertThat(MAKE.fits("/contracts/7/parties")).isGreaterThan(LIST.fits("/contracts/7/parties"));
    assertThat(LIST.fits("/contracts/7")).isGreaterThan(MAKE.fits("/contracts/7"));
    assertThat(LIST.fits("/contractsabc")).isZero();
    assertThat(new NavigationItem(0, "home", "home", "/", Set.of()).fits("/contracts")).isZero();
  }
}
