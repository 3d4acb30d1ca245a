export const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

const KEY = "gitops-theme";

class ThemeChoice {
  chosen = $state<Theme>(THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? "system");

  next(): void {
    this.chosen = THEMES[(THEMES.indexOf(this.chosen) + 1) % THEMES.length]!;
    localStorage.setItem(KEY, this.chosen);
    this.apply();
  }

  apply(): void {
    document.documentElement.dataset.theme = this.chosen;
  }
}

export const theme = new ThemeChoice();
