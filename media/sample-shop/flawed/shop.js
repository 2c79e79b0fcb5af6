var BASKET_KEY = "fern-ledge.basket";

function getBasket() {
  var stored = localStorage.getItem(BASKET_KEY);
  return stored ? JSON.parse(stored) : { monstera: 1, aloe: 2 };
}

function saveBasket(basket) {
  localStorage.setItem(BASKET_KEY, JSON.stringify(basket));
}

function pounds(pence) {
  return "£" + (pence / 100).toFixed(2);
}

function afterFirstPaint(start) {
  window.addEventListener("load", function () {
    requestAnimationFrame(function () {
      setTimeout(start, 0);
    });
  });
}

function cardHtml(plant) {
  var tags = plant.tags.map(function (tag) {
    return '<a href="list.html?tag=' + tag + '">' + tag + "</a>";
  });
  return (
    '<div class="card"><a href="product.html?plant=' + plant.slug + '"><img src="images/' + plant.slug + '.jpg"></a>' +
    "<h5>" + plant.name + '</h5><p class="price">' + pounds(plant.price) + "</p>" +
    '<p class="tags">' + tags.join(" ") + '</p><a href="product.html?plant=' + plant.slug + '">More</a></div>'
  );
}

/* Home */

function startHome() {
  document.querySelector(".hero").style.backgroundImage = "url(images/hero.jpg)";
  buildSearchIndex();
  var picks = recommend(CATALOG[0], 4);
  document.querySelector("#picks").innerHTML = picks.map(cardHtml).join("");
  setTimeout(showPromo, 600);
}

function showPromo() {
  var promo = document.createElement("div");
  promo.className = "promo";
  document.body.insertBefore(promo, document.body.firstChild);
  var left = 15 * 60;
  function tick() {
    var seconds = left % 60;
    promo.innerHTML = "<b>Spring offer!</b> £2 off every Boston fern. Offer ends in " + Math.floor(left / 60) + ":" + (seconds < 10 ? "0" : "") + seconds + "<br>Order before the timer runs out. Only while stocks last.";
    left = left > 0 ? left - 1 : 15 * 60;
  }
  tick();
  setInterval(tick, 1000);
}

/* List */

function startList() {
  buildSearchIndex();
  var grid = document.querySelector("#plants");
  var family = document.querySelector("#family");
  var sort = document.querySelector("#order");

  function draw(plants) {
    grid.innerHTML = plants.map(cardHtml).join("");
  }

  family.onchange = function () {
    draw(CATALOG.filter(function (plant) {
      return !family.value || plant.family === family.value;
    }));
  };
  sort.onchange = function () {
    family.value = "";
    draw(CATALOG.slice().sort(function (a, b) {
      return sort.value === "price" ? a.price - b.price : a.latin < b.latin ? -1 : 1;
    }));
  };
  document.querySelector("#find").onchange = function (event) {
    draw(searchPlants(event.target.value));
  };
  draw(CATALOG);
  setTimeout(function () {
    var strip = document.createElement("div");
    strip.className = "panel";
    strip.innerHTML = "<h4>New in this week</h4><p>Calathea, jade plant and spider plant have arrived from the nursery.</p>";
    document.querySelector("main").insertBefore(strip, document.querySelector("main").firstChild);
    showPromo();
  }, 700);
}

/* Product */

function startProduct() {
  var slug = new URLSearchParams(location.search).get("plant") || "monstera";
  var plant = findPlant(slug) || CATALOG[0];
  if (plant.slug !== "monstera") {
    document.title = plant.name;
    document.querySelector("h1").textContent = plant.name;
    document.querySelector("#latin").textContent = plant.latin;
    document.querySelector("#price").textContent = pounds(plant.price);
    document.querySelector("#text").textContent = plant.text;
    document.querySelector("#care").textContent = plant.care;
    document.querySelector("#photo").src = "images/" + plant.slug + ".jpg";
    document.querySelector(".thumbs").style.display = "none";
  }
  document.querySelectorAll(".thumbs img").forEach(function (thumb) {
    thumb.onclick = function () {
      document.querySelector("#photo").src = thumb.src;
    };
  });
  var number = document.querySelector("#number");
  document.querySelector("#less").onclick = function () {
    number.value = Number(number.value) - 1;
  };
  document.querySelector("#more").onclick = function () {
    number.value = Number(number.value) + 1;
  };
  document.querySelector("#add").onclick = function () {
    var basket = getBasket();
    basket[plant.slug] = (basket[plant.slug] || 0) + Number(number.value);
    saveBasket(basket);
  };
  document.querySelector("#similar").innerHTML = recommend(plant, 4).map(cardHtml).join("");
}

/* Basket */

function startBasket() {
  var basket = getBasket();
  var sum = 0;
  var rows = "";
  for (var slug in basket) {
    var plant = findPlant(slug);
    if (!plant || !basket[slug]) continue;
    sum += plant.price * basket[slug];
    rows +=
      '<tr><td><img src="images/' + slug + '.jpg"></td><td>' + plant.name + "<br>" + basket[slug] + " pc.</td><td>" +
      pounds(plant.price * basket[slug]) + '</td><td><button class="icon" onclick="removePlant(\'' + slug +
      '\')"><svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><path d="M6 6l12 12M18 6L6 18" /></svg></button></td></tr>';
  }
  document.querySelector("#rows").innerHTML = rows;
  document.querySelector("#sum").textContent = pounds(sum);
  document.querySelector("#apply").onclick = function () {
    document.querySelector("#code-error").textContent = "Error 17: invalid input";
  };
}

function removePlant(slug) {
  var basket = getBasket();
  delete basket[slug];
  saveBasket(basket);
  startBasket();
}

function clearBasket() {
  saveBasket({});
  startBasket();
}

/* Checkout */

function startCheckout() {
  var form = document.querySelector("#order-form");
  var review = document.querySelector("#review");
  var basket = getBasket();
  var sum = 0;
  for (var slug in basket) {
    var plant = findPlant(slug);
    if (plant) sum += plant.price * basket[slug];
  }
  document.querySelector("#sum").textContent = pounds(sum);
  window.onpageshow = function () {
    form.reset();
  };
  setTimeout(function () {
    var express = document.createElement("div");
    express.className = "express";
    express.innerHTML = "<div>Express: pay on invoice</div><div>Express: pay by transfer</div>";
    form.parentNode.insertBefore(express, form.parentNode.firstChild);
  }, 500);
  form.onsubmit = function (event) {
    event.preventDefault();
    var fields = form.querySelectorAll("input[type=text]");
    for (var i = 0; i < fields.length; i++) {
      if (!fields[i].value || (fields[i].name === "date" && !/^\d\d\/\d\d\/\d\d$/.test(fields[i].value))) {
        document.querySelector("#problem").textContent = "Something is wrong. Please check your input.";
        return;
      }
    }
    document.querySelector("#problem").textContent = "";
    form.style.display = "none";
    review.style.display = "block";
    var delivery = sum >= 6000 ? 0 : 690;
    document.querySelector("#delivery").textContent = pounds(delivery);
    document.querySelector("#packing").textContent = pounds(250);
    document.querySelector("#total").textContent = pounds(sum + delivery + 250);
  };
  var sending;
  document.querySelector("#place").onclick = function () {
    clearTimeout(sending);
    sending = setTimeout(function () {
      saveBasket({});
      location.href = "confirmation.html";
    }, 5000);
  };
}

/* Confirmation */

function startConfirmation() {
  setTimeout(function () {
    var offer = document.createElement("div");
    offer.className = "panel";
    offer.innerHTML =
      "<h4>More for your home</h4><p>Complete your room with a snake plant, this week with a new pot.</p>" +
      '<a class="button" href="product.html?plant=snake">Shop now</a>';
    document.querySelector("main").insertBefore(offer, document.querySelector("main").firstChild);
  }, 400);
}

/* Help */

function startHelp() {
  document.querySelectorAll(".question").forEach(function (question) {
    question.onclick = function () {
      document.querySelectorAll(".answer").forEach(function (answer) {
        answer.style.display = answer === question.nextElementSibling ? "block" : "none";
      });
    };
  });
}
