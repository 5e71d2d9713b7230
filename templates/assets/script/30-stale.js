/* Shows the warning of an old page: the as-of date is further back than the site allows. The day
   is that of Taipei, which is eight hours ahead the whole year, wherever the reader is. */
{
  const banner = document.querySelector("[data-stale-days]");
  if (banner) {
    const day = 864e5;
    const today = Math.floor((Date.now() + 288e5) / day);
    const age = today - Date.parse(banner.dataset.asOf) / day;
    if (age > Number(banner.dataset.staleDays)) banner.firstElementChild.hidden = false;
  }
}
