"""Files that other people's programs upload: gateways, RapidPro, Esendex; and the ZIP that carries them."""
