"use strict";

/* Prices are in pence, so that sums stay exact. */
const DELIVERY = 690;
const FREE_DELIVERY_FROM = 6000;
const FIRST_BASKET = { monstera: 1, aloe: 2 };
const BASKET_KEY = "fern-ledge.basket";
const FORM_KEY = "fern-ledge.checkout";
const ORDER_KEY = "fern-ledge.order";

const PLANTS = {
  monstera: { name: "Monstera", latin: "Monstera deliciosa", price: 2990, height: "60 cm", light: "Bright, no direct sun", water: "Every 7 to 10 days", pets: false, text: "Broad, split leaves that grow larger every year. Give it a moss pole once it starts to lean." },
  snake: { name: "Snake plant", latin: "Dracaena trifasciata", price: 1850, height: "45 cm", light: "Shade to bright", water: "Every 3 weeks", pets: false, text: "Upright and patient. It copes with a dim hallway and with a watering forgotten now and then." },
  pothos: { name: "Golden pothos", latin: "Epipremnum aureum", price: 1490, height: "30 cm, trailing", light: "Shade to bright", water: "Every 7 to 10 days", pets: false, text: "A quick climber or trailer with marbled leaves. Cuttings root in a glass of water." },
  peacelily: { name: "Peace lily", latin: "Spathiphyllum wallisii", price: 1790, height: "50 cm", light: "Shade to medium", water: "Every 5 to 7 days", pets: false, text: "White flowers above dark leaves. It droops when thirsty and recovers within hours of watering." },
  zz: { name: "ZZ plant", latin: "Zamioculcas zamiifolia", price: 2490, height: "55 cm", light: "Shade to bright", water: "Every 3 weeks", pets: false, text: "Glossy stems that store their own water. A good first plant for an office." },
  rubber: { name: "Rubber plant", latin: "Ficus elastica", price: 2750, height: "70 cm", light: "Bright, no direct sun", water: "Every 7 to 10 days", pets: false, text: "Deep green and burgundy leaves on a straight stem. Wipe the leaves once a month." },
  pearls: { name: "String of pearls", latin: "Curio rowleyanus", price: 1590, height: "15 cm, trailing", light: "Bright, some sun", water: "Every 2 to 3 weeks", pets: false, soldOut: true, text: "Round, bead-like leaves on long strings. Best on a high shelf near a window." },
  aloe: { name: "Aloe vera", latin: "Aloe vera", price: 1190, height: "25 cm", light: "Full sun", water: "Every 2 to 3 weeks", pets: false, text: "A sturdy succulent for a sunny sill. Let the soil dry out between waterings." },
  fern: { name: "Boston fern", latin: "Nephrolepis exaltata", price: 1650, height: "40 cm", light: "Medium, no direct sun", water: "Every 3 to 4 days", pets: true, text: "Soft arching fronds that like a steamy bathroom. Safe for cats and dogs." },
  calathea: { name: "Calathea", latin: "Goeppertia zebrina", price: 2290, height: "45 cm", light: "Medium, no direct sun", water: "Every 4 to 5 days", pets: true, text: "Striped leaves that fold up in the evening. Safe for cats and dogs." },
  jade: { name: "Jade plant", latin: "Crassula ovata", price: 1390, height: "25 cm", light: "Full sun", water: "Every 2 to 3 weeks", pets: false, text: "A small tree of plump leaves that can live for decades." },
  spider: { name: "Spider plant", latin: "Chlorophytum comosum", price: 990, height: "30 cm", light: "Medium to bright", water: "Every 7 days", pets: true, text: "Easy and generous: it makes plantlets to share. Safe for cats and dogs." },
};

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const money = (pence) => `£${(pence / 100).toFixed(2)}`;
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

function read(store, key, fallback) {
  try {
    return JSON.parse(store.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/* Basket */

function basketLines() {
  const basket = read(localStorage, BASKET_KEY, FIRST_BASKET);
  return Object.entries(basket)
    .filter(([slug, count]) => PLANTS[slug] && count > 0)
    .map(([slug, count]) => ({ slug, count, ...PLANTS[slug] }));
}

function setCount(slug, count) {
  const basket = read(localStorage, BASKET_KEY, FIRST_BASKET);
  basket[slug] = Math.max(0, Math.min(20, Math.round(count) || 0));
  localStorage.setItem(BASKET_KEY, JSON.stringify(basket));
  showBasketCount();
}

function sums(lines) {
  const goods = lines.reduce((sum, line) => sum + line.price * line.count, 0);
  const delivery = goods === 0 || goods >= FREE_DELIVERY_FROM ? 0 : DELIVERY;
  return { goods, delivery, total: goods + delivery };
}

function showBasketCount() {
  const count = basketLines().reduce((sum, line) => sum + line.count, 0);
  for (const badge of $$("[data-basket-count]")) badge.textContent = count;
}

function fillTotals(root, { goods, delivery, total }) {
  $("[data-goods]", root).textContent = money(goods);
  $("[data-delivery]", root).textContent = delivery ? money(delivery) : "Free";
  $("[data-total]", root).textContent = money(total);
}

function stepper(input, change) {
  const step = (by) => {
    input.value = Math.max(1, Math.min(20, (Number(input.value) || 1) + by));
    change?.();
  };
  const [less, more] = $$("button", input.parentElement);
  less.addEventListener("click", () => step(-1));
  more.addEventListener("click", () => step(1));
  input.addEventListener("change", () => step(0));
}

/* Plant list: filters work on the cards that are already in the page. */

function listPage(form) {
  const cards = $$("[data-plant]");
  const order = [...cards];
  const asked = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (!field.name || !asked.has(field.name)) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = asked.get(field.name);
  }

  function update() {
    const { q, light, pets, sort } = form.elements;
    const words = q.value.trim().toLowerCase();
    let shown = 0;
    for (const card of cards) {
      const fits =
        card.textContent.toLowerCase().includes(words) &&
        (!light.value || card.dataset.light.includes(light.value)) &&
        (!pets.checked || card.dataset.pets === "safe");
      card.hidden = !fits;
      if (fits) shown += 1;
    }
    const sorted = [...order];
    if (sort.value) sorted.sort((a, b) => (a.dataset.price - b.dataset.price) * (sort.value === "dear" ? -1 : 1));
    $("[data-cards]").append(...sorted);
    $("[data-result]").textContent = `${plural(shown, "plant")} shown`;
    $("[data-none]").hidden = shown > 0;
    const kept = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", kept.size ? `?${kept}` : location.pathname);
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  $("[data-clear]").addEventListener("click", () => {
    form.reset();
    for (const field of [form.elements.q, form.elements.light, form.elements.sort]) field.value = "";
    form.elements.pets.checked = false;
    update();
    form.elements.q.focus();
  });
  if (location.search) update();
}

/* One product page serves every plant: product.html?plant=aloe */

function productPage(root) {
  const asked = new URLSearchParams(location.search).get("plant");
  const slug = PLANTS[asked] ? asked : "monstera";
  const plant = PLANTS[slug];
  const photo = $("[data-photo]", root);
  const form = $("form", root);

  if (slug !== "monstera") {
    document.title = `${plant.name} - Fern & Ledge`;
    $("[data-crumb]").textContent = plant.name;
    for (const key of ["name", "latin", "text", "height", "light", "water"]) $(`[data-${key}]`, root).textContent = plant[key];
    $("[data-price]", root).textContent = money(plant.price);
    $("[data-pets]", root).textContent = plant.pets ? "Safe for cats and dogs" : "Keep out of reach of cats and dogs";
    photo.removeAttribute("srcset");
    photo.src = `images/${slug}-800.webp`;
    photo.alt = `${plant.name} in a pot`;
    $(".thumbs", root).hidden = true;
  }
  if (plant.soldOut) {
    $("[data-stock]", root).textContent = "Sold out. New plants arrive in three to four weeks.";
    $("[type=submit]", form).disabled = true;
  }

  for (const thumb of $$(".thumbs button", root)) {
    thumb.addEventListener("click", () => {
      for (const other of $$(".thumbs button", root)) other.setAttribute("aria-pressed", other === thumb);
      photo.removeAttribute("srcset");
      photo.src = thumb.dataset.large;
      photo.alt = $("img", thumb).alt;
    });
  }

  stepper(form.elements.count);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const count = Number(form.elements.count.value) || 1;
    const before = basketLines().find((line) => line.slug === slug)?.count ?? 0;
    setCount(slug, before + count);
    $("[data-added]", root).replaceChildren(`${count} × ${plant.name} added. `, make("a", { href: "basket.html", textContent: "Go to basket" }));
  });
}

/* Basket page */

function basketLine(line, redraw) {
  const item = $("#line").content.cloneNode(true);
  const photo = $("img", item);
  photo.src = `images/${line.slug}-160.webp`;
  const link = $("a", item);
  link.href = `product.html?plant=${line.slug}`;
  link.textContent = line.name;
  $("[data-each]", item).textContent = `${money(line.price)} each`;
  $("[data-line-total]", item).textContent = money(line.price * line.count);
  const input = $("input", item);
  input.value = line.count;
  input.setAttribute("aria-label", `Quantity of ${line.name}`);
  const [less, more, remove] = $$("button", item);
  less.setAttribute("aria-label", `One ${line.name} less`);
  more.setAttribute("aria-label", `One ${line.name} more`);
  $(".visually-hidden", remove).textContent = ` ${line.name}`;
  stepper(input, () => {
    setCount(line.slug, Number(input.value));
    redraw(`Quantity of ${line.name}: ${input.value}.`);
  });
  remove.addEventListener("click", () => {
    setCount(line.slug, 0);
    redraw(`${line.name} removed. `, line);
  });
  return item;
}

function basketPage(root) {
  const list = $("[data-lines]", root);
  const status = $("[data-status]", root);

  function redraw(message, removed) {
    const focused = document.activeElement?.getAttribute("aria-label");
    const lines = basketLines();
    list.replaceChildren(...lines.map((line) => basketLine(line, redraw)));
    const sum = sums(lines);
    fillTotals(root, sum);
    const missing = FREE_DELIVERY_FROM - sum.goods;
    $("[data-free]", root).textContent = missing > 0 ? `${money(missing)} more and delivery is free.` : "Delivery is free.";
    $("[data-full]", root).hidden = lines.length === 0;
    $("[data-empty]", root).hidden = lines.length > 0;
    if (message) status.replaceChildren(message);
    if (removed) {
      const undo = make("button", { type: "button", className: "text-button", textContent: "Undo" });
      undo.addEventListener("click", () => {
        setCount(removed.slug, removed.count);
        redraw(`${removed.name} is back in the basket.`);
      });
      status.append(undo);
      undo.focus();
    } else if (focused) {
      $$("[aria-label]", list).find((element) => element.getAttribute("aria-label") === focused)?.focus();
    }
  }

  redraw();
}

/* Checkout */

const RULES = {
  name: [/\S/, "Enter your full name."],
  email: [/^\S+@\S+\.\S+$/, "Enter an email address such as name@example.com."],
  street: [/\S/, "Enter the street and house number."],
  town: [/\S/, "Enter the town or city."],
  postcode: [/^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i, "Enter a UK postcode such as AB1 2CD."],
};

function problemOf(field) {
  const [pattern, message] = RULES[field.name];
  return pattern.test(field.value.trim()) ? "" : message;
}

function markField(field, problem) {
  const note = document.getElementById(`${field.id}-error`);
  note.textContent = problem;
  note.hidden = !problem;
  field.setAttribute("aria-invalid", Boolean(problem));
}

function checkoutPage(form) {
  const summary = $("[data-summary]");
  const problems = $("[data-problems]");
  const lines = basketLines();
  $("[data-order-lines]", summary).replaceChildren(
    ...lines.flatMap((line) => [make("dt", {}, `${line.count} × ${line.name}`), make("dd", {}, money(line.price * line.count))]),
  );
  fillTotals(summary, sums(lines));
  $("[data-empty]").hidden = lines.length > 0;
  $("[type=submit]", form).disabled = lines.length === 0;

  const kept = read(sessionStorage, FORM_KEY, {});
  for (const field of form.elements) {
    if (!(field.name in kept)) continue;
    if (field.type === "radio") field.checked = field.value === kept[field.name];
    else if (field.type === "checkbox") field.checked = true;
    else field.value = kept[field.name];
  }
  form.addEventListener("input", () => sessionStorage.setItem(FORM_KEY, JSON.stringify(Object.fromEntries(new FormData(form)))));
  form.addEventListener("focusout", ({ target }) => {
    if (RULES[target.name] && target.value) markField(target, problemOf(target));
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = [];
    for (const name of Object.keys(RULES)) {
      const field = form.elements[name];
      const problem = problemOf(field);
      markField(field, problem);
      if (problem) wrong.push([field, problem]);
    }
    problems.hidden = wrong.length === 0;
    if (wrong.length > 0) {
      $("ul", problems).replaceChildren(...wrong.map(([field, problem]) => make("li", {}, make("a", { href: `#${field.id}`, textContent: problem }))));
      problems.focus();
      return;
    }
    await placeOrder(form, lines);
  });
}

async function placeOrder(form, lines) {
  const button = $("[type=submit]", form);
  const bar = $("progress", form);
  const status = $("[data-progress]", form);
  button.disabled = true;
  button.textContent = "Placing your order…";
  bar.hidden = false;
  for (const [step, text] of ["Checking stock", "Booking the delivery", "Sending your confirmation"].entries()) {
    bar.value = step + 1;
    status.textContent = `Step ${step + 1} of 3: ${text}…`;
    await new Promise((done) => setTimeout(done, 800));
  }
  const order = { lines: lines.map(({ name, count, price }) => ({ name, count, price })), ...sums(lines), email: form.elements.email.value.trim() };
  sessionStorage.setItem(ORDER_KEY, JSON.stringify(order));
  sessionStorage.removeItem(FORM_KEY);
  localStorage.setItem(BASKET_KEY, "{}");
  location.href = "confirmation.html";
}

function confirmationPage(root) {
  const order = read(sessionStorage, ORDER_KEY, null);
  if (order) {
    $("[data-email]", root).textContent = order.email;
    $("[data-order-lines]", root).replaceChildren(
      ...order.lines.flatMap((line) => [make("dt", {}, `${line.count} × ${line.name}`), make("dd", {}, money(line.price * line.count))]),
    );
    fillTotals(root, order);
  }
  $("[data-print]", root).addEventListener("click", () => print());
}

/* Account and help */

function accountPage(root) {
  for (const form of $$("form[data-saved]", root)) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      $("[role=status]", form).textContent = form.dataset.saved;
    });
  }
  const password = $("#new-password", root);
  $("[data-show]", root).addEventListener("change", ({ target }) => {
    password.type = target.checked ? "text" : "password";
  });
  const dialog = $("dialog", root);
  $("[data-delete]", root).addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "delete") $("[data-deleted]", root).textContent = "Your account is marked for deletion. You can undo this for 14 days from the email we sent you.";
  });
}

function helpPage(form) {
  const answers = $$("details");
  const update = () => {
    const words = form.elements.topic.value.trim().toLowerCase();
    let shown = 0;
    for (const answer of answers) {
      answer.hidden = !answer.textContent.toLowerCase().includes(words);
      if (!answer.hidden) shown += 1;
    }
    $("[data-result]").textContent = words ? `${plural(shown, "answer")} found${shown ? "" : ". Try another word or write to us below"}.` : "";
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
}

showBasketCount();

const PAGES = { list: listPage, product: productPage, basket: basketPage, checkout: checkoutPage, confirmation: confirmationPage, account: accountPage, help: helpPage };
for (const root of $$("[data-page]")) PAGES[root.dataset.page](root);

for (const form of $$("form[data-newsletter]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    $("[role=status]", form).textContent = "Thank you. Please confirm the link in the email we sent you.";
  });
}
