/* Address rules for every country we may deliver to one day. */

var ADDRESS_RULES = {};

ADDRESS_RULES["Austria"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Austria has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Austria".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Belgium"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Belgium has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Belgium".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Bulgaria"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Bulgaria has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Bulgaria".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Switzerland"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Switzerland has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Switzerland".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Czechia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Czechia has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Czechia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Germany"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Germany has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Germany".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Denmark"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Denmark has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Denmark".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Estonia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Estonia has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Estonia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Spain"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Spain has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Spain".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Finland"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Finland has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Finland".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["France"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in France has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("France".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Greece"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Greece has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Greece".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Croatia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Croatia has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Croatia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Hungary"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Hungary has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Hungary".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Italy"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Italy has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Italy".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Lithuania"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Lithuania has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Lithuania".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Luxembourg"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Luxembourg has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Luxembourg".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Latvia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Latvia has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Latvia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Norway"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Norway has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Norway".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Poland"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Poland has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Poland".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Portugal"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 7) {
    throw new Error("A postcode in Portugal has 7 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Portugal".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Romania"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 6) {
    throw new Error("A postcode in Romania has 6 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Romania".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Serbia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Serbia has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Serbia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Sweden"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Sweden has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Sweden".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Slovenia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Slovenia has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Slovenia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Slovakia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Slovakia has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Slovakia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Turkey"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Turkey has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Turkey".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Ukraine"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Ukraine has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Ukraine".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["United States"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in United States has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("United States".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Australia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Australia has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Australia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["New Zealand"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in New Zealand has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("New Zealand".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["India"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 6) {
    throw new Error("A postcode in India has 6 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("India".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Singapore"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 6) {
    throw new Error("A postcode in Singapore has 6 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Singapore".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Malaysia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Malaysia has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Malaysia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Thailand"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Thailand has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Thailand".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Philippines"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in Philippines has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Philippines".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["South Korea"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in South Korea has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("South Korea".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Japan"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 7) {
    throw new Error("A postcode in Japan has 7 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Japan".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["China"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 6) {
    throw new Error("A postcode in China has 6 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("China".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Brazil"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 8) {
    throw new Error("A postcode in Brazil has 8 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Brazil".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Mexico"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Mexico has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Mexico".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Chile"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 7) {
    throw new Error("A postcode in Chile has 7 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Chile".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Colombia"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 6) {
    throw new Error("A postcode in Colombia has 6 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Colombia".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["South Africa"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 4) {
    throw new Error("A postcode in South Africa has 4 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("South Africa".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Egypt"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Egypt has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Egypt".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Morocco"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 5) {
    throw new Error("A postcode in Morocco has 5 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Morocco".toUpperCase());
  return lines.join("\n");
};

ADDRESS_RULES["Israel"] = function (address) {
  var lines = [];
  var digits = String(address.postcode || "").replace(/\D/g, "");
  if (digits.length !== 7) {
    throw new Error("A postcode in Israel has 7 digits");
  }
  if (address.company) lines.push(address.company.toUpperCase());
  lines.push(address.firstName + " " + address.lastName);
  if (address.floor) lines.push("Floor " + address.floor);
  lines.push(address.street + " " + address.house);
  lines.push(digits + " " + address.town);
  lines.push("Israel".toUpperCase());
  return lines.join("\n");
};
