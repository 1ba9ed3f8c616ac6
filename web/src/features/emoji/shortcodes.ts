/** Each emoji with its names, the usual one first: those that other chats and code hosts have made a habit of. */
const TABLE = `
😀 grinning, 😃 smiley, 😄 smile, 😁 grin, 😆 laughing satisfied, 😅 sweat_smile,
🤣 rofl rolling_on_the_floor_laughing, 😂 joy, 🙂 slightly_smiling_face simple_smile,
🙃 upside_down_face, 🫠 melting_face, 😉 wink, 😊 blush, 😇 innocent,
🥰 smiling_face_with_three_hearts, 😍 heart_eyes, 🤩 star_struck, 😘 kissing_heart, 😗 kissing,
☺️ relaxed, 😚 kissing_closed_eyes, 😋 yum, 😛 stuck_out_tongue, 😜 stuck_out_tongue_winking_eye,
🤪 zany_face, 😝 stuck_out_tongue_closed_eyes, 🤑 money_mouth_face, 🤗 hugs hugging_face,
🤭 hand_over_mouth, 🤫 shushing_face, 🤔 thinking thinking_face, 🫡 saluting_face,
🤐 zipper_mouth_face, 🤨 raised_eyebrow, 😐 neutral_face, 😑 expressionless, 😶 no_mouth, 😏 smirk,
😒 unamused, 🙄 roll_eyes face_with_rolling_eyes, 😬 grimacing, 🤥 lying_face, 😌 relieved, 😔 pensive,
😪 sleepy, 🤤 drooling_face, 😴 sleeping, 😷 mask, 🤒 face_with_thermometer, 🤕 face_with_head_bandage,
🤢 nauseated_face, 🤮 vomiting_face, 🤧 sneezing_face, 🥵 hot_face, 🥶 cold_face, 🥴 woozy_face,
😵 dizzy_face, 🤯 exploding_head, 🤠 cowboy_hat_face, 🥳 partying_face, 🥸 disguised_face,
😎 sunglasses, 🤓 nerd_face, 🧐 monocle_face, 😕 confused, 😟 worried, 🙁 slightly_frowning_face,
☹️ frowning_face, 😮 open_mouth, 😯 hushed, 😲 astonished, 😳 flushed, 🥺 pleading_face, 😦 frowning,
😧 anguished, 😨 fearful, 😰 cold_sweat, 😥 disappointed_relieved, 😢 cry, 😭 sob, 😱 scream,
😖 confounded, 😣 persevere, 😞 disappointed, 😓 sweat, 😩 weary, 😫 tired_face, 🥱 yawning_face,
😤 triumph, 😡 rage pout, 😠 angry, 🤬 cursing_face, 😈 smiling_imp, 👿 imp, 💀 skull,
☠️ skull_and_crossbones, 💩 poop hankey, 🤡 clown_face, 👻 ghost, 👽 alien, 🤖 robot robot_face,
😺 smiley_cat, 😸 smile_cat, 😹 joy_cat, 😻 heart_eyes_cat, 😼 smirk_cat, 🙀 scream_cat,
😿 crying_cat_face, 😾 pouting_cat, 🙈 see_no_evil, 🙉 hear_no_evil, 🙊 speak_no_evil, 💋 kiss,
💌 love_letter, 💘 cupid, 💖 sparkling_heart, 💗 heartpulse, 💓 heartbeat, 💕 two_hearts,
💔 broken_heart, ❤️ heart, 🧡 orange_heart, 💛 yellow_heart, 💚 green_heart, 💙 blue_heart,
💜 purple_heart, 🤎 brown_heart, 🖤 black_heart, 🤍 white_heart, 💯 100, 💢 anger, 💥 boom collision,
💫 dizzy, 💦 sweat_drops, 💨 dash, 💬 speech_balloon, 💭 thought_balloon, 💤 zzz, 👋 wave,
🤚 raised_back_of_hand, ✋ raised_hand hand, 🖖 vulcan_salute, 👌 ok_hand, 🤌 pinched_fingers,
🤏 pinching_hand, ✌️ v, 🤞 crossed_fingers, 🤟 love_you_gesture, 🤘 metal, 🤙 call_me_hand,
👈 point_left, 👉 point_right, 👆 point_up_2, 👇 point_down, ☝️ point_up, 👍 +1 thumbsup,
👎 -1 thumbsdown, ✊ fist, 👊 facepunch punch, 👏 clap, 🙌 raised_hands, 👐 open_hands,
🤲 palms_up_together, 🤝 handshake, 🙏 pray, ✍️ writing_hand, 💅 nail_care, 🤳 selfie, 💪 muscle,
👂 ear, 👃 nose, 🧠 brain, 👀 eyes, 👁️ eye, 👅 tongue, 👶 baby, 🤷 shrug, 🤦 facepalm, 🙋 raising_hand,
🙇 bow, 🙅 no_good, 🙆‍♀️ ok_woman, 💁 tipping_hand_person, 🥷 ninja, 🎅 santa, 🧙 mage, 🧟 zombie,
🚶 walking, 🏃 running, 💃 dancer, 👫 couple, 👪 family, 👤 bust_in_silhouette, 👥 busts_in_silhouette,
👣 footprints, 🐵 monkey_face, 🐒 monkey, 🐶 dog, 🐕 dog2, 🐺 wolf, 🦊 fox_face, 🐱 cat, 🐈 cat2,
🦁 lion, 🐯 tiger, 🐴 horse, 🦄 unicorn, 🐮 cow, 🐷 pig, 🐸 frog, 🐰 rabbit, 🐹 hamster, 🐻 bear,
🐼 panda_face, 🐨 koala, 🐔 chicken, 🐓 rooster, 🐣 hatching_chick, 🐦 bird, 🐧 penguin, 🦅 eagle,
🦆 duck, 🦉 owl, 🐢 turtle, 🐍 snake, 🐉 dragon, 🦖 t-rex, 🐳 whale, 🐬 dolphin, 🐟 fish, 🐙 octopus,
🐌 snail, 🦋 butterfly, 🐛 bug, 🐜 ant, 🐝 bee, 🕷️ spider, 🦀 crab, 💐 bouquet, 🌸 cherry_blossom,
🌹 rose, 🌻 sunflower, 🌷 tulip, 🌱 seedling, 🌲 evergreen_tree, 🌴 palm_tree, 🌵 cactus,
🍀 four_leaf_clover, 🍁 maple_leaf, 🍄 mushroom, 🍎 apple, 🍏 green_apple, 🍐 pear, 🍑 peach,
🍒 cherries, 🍓 strawberry, 🍇 grapes, 🍉 watermelon, 🍊 tangerine, 🍋 lemon, 🍌 banana, 🍍 pineapple,
🥑 avocado, 🍆 eggplant, 🍅 tomato, 🥕 carrot, 🌽 corn, 🌶️ hot_pepper, 🥦 broccoli, 🍞 bread,
🥐 croissant, 🧀 cheese, 🍔 hamburger, 🍟 fries, 🍕 pizza, 🌭 hotdog, 🌮 taco, 🌯 burrito, 🥚 egg,
🍿 popcorn, 🍣 sushi, 🍚 rice, 🍜 ramen, 🍝 spaghetti, 🍨 ice_cream, 🍦 icecream, 🍩 doughnut, 🍪 cookie,
🎂 birthday, 🍰 cake, 🍫 chocolate_bar, 🍬 candy, 🍯 honey_pot, ☕ coffee, 🍵 tea, 🍼 baby_bottle,
🥛 milk_glass, 🍾 champagne, 🍷 wine_glass, 🍸 cocktail, 🍹 tropical_drink, 🍺 beer, 🍻 beers,
🥂 clinking_glasses, 🥤 cup_with_straw, 🌍 earth_africa, 🗺️ world_map, ⛰️ mountain, 🌋 volcano,
🏕️ camping, 🏖️ beach_umbrella, 🏠 house, 🏢 office, 🏥 hospital, 🏫 school, ⛪ church, 🏨 hotel,
⛺ tent, 🔥 fire, 🌅 sunrise, 🌈 rainbow, 🌊 ocean, ☔ umbrella, ⚡ zap, ❄️ snowflake, ⛄ snowman,
☄️ comet, 🌞 sun_with_face, ☀️ sunny, ⛅ partly_sunny, ☁️ cloud, 🌩️ cloud_with_lightning,
🌕 full_moon, 🌙 crescent_moon, ⭐ star, 🌟 star2, 🌠 stars, 💧 droplet, 🚗 car, 🚕 taxi, 🚌 bus,
🚑 ambulance, 🚒 fire_engine, 🚓 police_car, 🚜 tractor, 🚲 bike, 🏍️ motorcycle, 🚋 train,
🚄 bullettrain_side, ✈️ airplane, 🚀 rocket, 🛸 flying_saucer, 🚁 helicopter, ⛵ boat sailboat,
🚢 ship, ⚓ anchor, 🚧 construction, ⛽ fuelpump, 🚥 traffic_light, 🚦 vertical_traffic_light,
⌛ hourglass, ⌚ watch, ⏰ alarm_clock, ⏱️ stopwatch, 🎃 jack_o_lantern, 🎄 christmas_tree,
🎆 fireworks, 🎇 sparkler, ✨ sparkles, 🎈 balloon, 🎉 tada, 🎊 confetti_ball, 🎁 gift, 🎀 ribbon,
🎫 ticket, 🏆 trophy, 🏅 medal_sports, 🥇 1st_place_medal, 🥈 2nd_place_medal, 🥉 3rd_place_medal,
⚽ soccer, 🏀 basketball, 🏈 football, ⚾ baseball, 🎾 tennis, 🎯 dart, 🎳 bowling, ⛳ golf,
🎮 video_game, 🕹️ joystick, 🎲 game_die, 🧩 jigsaw, ♟️ chess_pawn, 🎨 art, 👓 eyeglasses, 👕 tshirt,
👖 jeans, 👗 dress, 👞 shoe, 👟 athletic_shoe, 👑 crown, 🎩 tophat, 🎓 mortar_board, 💍 ring, 💎 gem,
💄 lipstick, 🔔 bell, 🔕 no_bell, 🎵 musical_note, 🎶 notes, 🎤 microphone, 🎧 headphones, 📻 radio,
🎸 guitar, 🎻 violin, 🥁 drum, 🎺 trumpet, 📱 iphone, ☎️ phone, 📞 telephone_receiver, 🔋 battery,
🔌 electric_plug, 💻 computer, 🖥️ desktop_computer, 🖨️ printer, ⌨️ keyboard, 💾 floppy_disk, 💿 cd,
📷 camera, 🎥 movie_camera, 📺 tv, 🔍 mag, 💡 bulb, 🔦 flashlight, 📖 book, 📚 books, 📓 notebook,
📰 newspaper, 🔖 bookmark, 🏷️ label, 💰 moneybag, 💵 dollar, 💶 euro, 💳 credit_card, 💹 chart,
🧾 receipt, 📧 email, ✉️ envelope, 📨 incoming_envelope, 📥 inbox_tray, 📤 outbox_tray, 📦 package,
📫 mailbox, ✏️ pencil2, 📝 memo, 💼 briefcase, 📁 file_folder, 📅 date, 📆 calendar,
📈 chart_with_upwards_trend, 📉 chart_with_downwards_trend, 📊 bar_chart, 📋 clipboard, 📌 pushpin,
📍 round_pushpin, 📎 paperclip, 📏 straight_ruler, ✂️ scissors, 🗑️ wastebasket, 🔒 lock, 🔓 unlock,
🔑 key, 🔨 hammer, 🔧 wrench, 🪓 axe, ⚙️ gear, ⚖️ balance_scale, 🔗 link, 🧲 magnet, 🧪 test_tube,
🔬 microscope, 🔭 telescope, 📡 satellite, 💉 syringe, 💊 pill, 🚪 door, 🛏️ bed, 🚽 toilet, 🚿 shower,
🛒 shopping_cart, 🧹 broom, 🧼 soap, 🪣 bucket, ⚰️ coffin, ⚠️ warning, ⛔ no_entry, 🚫 no_entry_sign,
🛑 stop_sign, ☢️ radioactive, ☣️ biohazard, ♻️ recycle, ✅ white_check_mark,
☑️ ballot_box_with_check, ✔️ heavy_check_mark, ❌ x, ❎ negative_squared_cross_mark,
➕ heavy_plus_sign, ➖ heavy_minus_sign, ❓ question, ❔ grey_question, ❗ exclamation,
‼️ bangbang, ⁉️ interrobang, ℹ️ information_source, ⬆️ arrow_up, ⬇️ arrow_down, ⬅️ arrow_left,
➡️ arrow_right, 🔄 arrows_counterclockwise, 🔙 back, 🔚 end, 🔜 soon, 🔝 top, 🔁 repeat, 🆕 new, 🆓 free,
🆒 cool, 🆗 ok, 🆘 sos, 🆙 up, #️⃣ hash, 1️⃣ one, 2️⃣ two, 3️⃣ three, 4️⃣ four, 5️⃣ five, 6️⃣ six,
7️⃣ seven, 8️⃣ eight, 9️⃣ nine, 0️⃣ zero, 🔟 keycap_ten, ♾️ infinity, ©️ copyright, ®️ registered,
™️ tm, 🔴 red_circle, 🟠 orange_circle, 🟡 yellow_circle, 🟢 green_circle, 🔵 large_blue_circle,
🟣 purple_circle, ⚪ white_circle, ⚫ black_circle, 🏁 checkered_flag, 🚩 triangular_flag_on_post,
🎌 crossed_flags, 🏳️ white_flag, 🏳️‍🌈 rainbow_flag, 🏴‍☠️ pirate_flag
`;

export interface Emoji {
  character: string;
  names: readonly string[];
}

export const EMOJI: readonly Emoji[] = TABLE.trim()
  .split(/,\s+/u)
  .map((entry) => {
    const [character = '', ...names] = entry.split(' ');
    return { character, names };
  });

const byName = new Map(
  EMOJI.flatMap(({ character, names }) => names.map((name): [string, string] => [name, character])),
);

export function emojiNamed(name: string): string | undefined {
  return byName.get(name.toLowerCase());
}
