/* lexicon_en.c - built-in words, English. */
#include "core/triage/lexicon.h"
#include "core/triage/reason.h"
#include <stddef.h>

const struct phrase_group lexicon_en[] = {
    {REASON_SAFETY, 60,
     "driver was drunk|driver is drunk|drunk driver|nearly crashed|almost crashed|nearly "
     "killed|almost killed|could have died|car crash|burning smell|smells of burning|smells like "
     "burning|went up in flames|burned my|burnt my|burns on|wont stop "
     "bleeding|convulsing|choking|chest pain|fell down and|"
     "assaulting|sexually assaulted|sexual assault|sexually assaulting|raped|molested|kidnapped|at "
     "gunpoint|threatened|"
     "danger|in danger|gas leak|leaking gas|smell gas|smells of gas|smelling gas|smells "
     "like gas|smell of gas|gas smell|on fire|caught fire|catching fire|a fire|house fire|fire "
     "in|fire at|there is fire|theres fire|burning smell|"
     "smell burning|explosion|exploded|injured|injury|hurt badly|bleeding|ambulance|"
     "threatened me|threatening me|threatened to kill|death threat|death threats|kill "
     "myself|killing myself|end my life|want to die|suicidal|suicide|sparks|sparking|power line "
     "down|downed power line|live wire|live wires|exposed wires|electric shock|electrocuted|"
     "allergic reaction|anaphylactic|medical emergency|this is an emergency|its an "
     "emergency|emergency|an emergency|trapped|locked inside|stuck in the lift|stuck in the "
     "elevator|stuck in an elevator|stuck in a lift|life threatening|safety "
     "hazard|carbon monoxide|cant breathe|not breathing|collapsed|unconscious|heart attack|"
     "seizure|stroke|assaulted|attacked|being followed|harassed|harassing|flooding|flooded|"
     "overdose|poisoned"},
    {REASON_SAFETY, 60,
     "had an accident|been in an accident|there was an accident|in a car accident|smoke "
     "coming|smoke in|full of smoke|smoke from|see smoke|smell smoke"},
    {REASON_SAFETY, 40, "accident|dangerous|unsafe|not safe|smoke"},
    {REASON_SAFETY, 60,
     "smelled gas|smelt gas|smells gas|smell of burning|smelled burning|smelling burning|smells "
     "strongly of gas|smells strongly like gas|smelled of gas|smelled like gas|smell like "
     "gas|smells a bit of gas|strong smell of gas|smell the gas|smell a gas|there is gas in"},
    {REASON_MONEY_BLOCKED, 45,
     "all my money|all of my money|locked my account|locked our account|frozen my account|cant pay "
     "rent|cant pay my bills|no access to my account|my card isnt working|my card doesnt work|card "
     "keeps declining|card keeps getting declined|stuck without money|"
     "locked out of my account|locked me out of my account|cant access my money|cannot access my "
     "money|cant access my account|cannot access my account|no access to my money|cant get my "
     "money|cant pay|cannot pay|cant withdraw|cannot withdraw|swallowed my card|ate my card|kept "
     "my card|retained my card|money is missing|money is gone|money has gone|missing money|where "
     "is my money|wheres my money|not been paid|havent been paid|didnt get paid|salary "
     "not|wages not|charged twice|charged me twice|charged us twice|billed twice|double charged|"
     "double billed|double charge|want my money back|i want my money back|give me my money "
     "back|need my money back|refund my money|keeping my money|holding my money|transfer not "
     "arrived|transfer has not arrived|transfer hasnt arrived|transfer still hasnt arrived|"
     "payment hasnt arrived|payment has not arrived|no money|cant pay my rent|cant buy food"},
    {REASON_MONEY_BLOCKED, 45,
     "lost my card|lost my debit card|lost my credit card|lost my bank card|lost my cards|lost my "
     "atm card|lost her card|lost his card|lost our card|lost the card|lost your card|lost card|my "
     "card is lost|card is lost|card was lost|card got lost|card has been lost|misplaced my "
     "card|misplaced my debit card|misplaced my credit card|cant find my card|cant find my debit "
     "card|cant find my credit card|cannot find my card|my card is missing|card went missing|card "
     "has gone missing|left my card|lost my wallet|lost my purse|wallet is missing"},
    {REASON_FRAUD, 50,
     "isnt mine|not mine|wasnt me|was not me|i did not make|i didnt make|does not belong to "
     "me|doesnt belong to me|"
     "fraud|fraudulent|fraudster|fraudsters|scam|scams|scammed|scammer|scammers|hacked|hacker|"
     "been hacked|stolen|stole my|stole from me|got robbed|robbed|stolen card|unauthorized|"
     "unauthorised|unauthorized charge|unauthorised charge|dont recognise|dont recognize|do not "
     "recognise|do not recognize|did not make this|didnt make this|didnt make|did not authorise|"
     "did not authorize|didnt authorize|didnt authorise|never authorised|never authorized|"
     "phishing|identity theft|impersonating|cloned|someone used my card|someone is using my|"
     "someone using my|suspicious transaction|suspicious activity|suspicious charge|emptied my "
     "account|drained my account|without my permission|without my consent"},
    {REASON_STRANDED, 50,
     "stranded|stuck at the airport|stuck in the airport|stuck at|stuck on the runway|stuck on "
     "the tarmac|stuck on the plane|stuck on a plane|missed my connection|missed our "
     "connection|missed connection|miss my connection|missing my connection|no hotel|"
     "without a hotel|nowhere to stay|nowhere to sleep|sleeping at the airport|sleeping in the "
     "airport|sleep in the airport|sleep at the airport|overnight in the airport|denied "
     "boarding|flight leaves in|flight is in|flight departs in|broken down on|broke down on|on "
     "the tarmac|on the runway|cant get home|no way home|no way to get home|bumped from|"
     "wont let us board|wont let me board|not letting us board|side of the road|left me "
     "stranded|by the roadside"},
    {REASON_DEADLINE, 30,
     "urgent|urgently|urgent help|asap|right now|right away|straight away|due today|due "
     "tomorrow|by today|by the end of today|by end of day|today is the last day|last day|"
     "deadline|before 5pm|before midnight|by tonight|immediately|need it today|needed today|need "
     "this today|as soon as possible|in an hour|in two hours|in half an hour|in a few hours|within "
     "the hour|travelling tomorrow|traveling tomorrow|flying today|flying tomorrow|flying out "
     "tomorrow|leaving today|leave tomorrow|leaving tomorrow|flight tomorrow|flight tonight|flight "
     "today|expires today|expires tonight|time sensitive|running out of time|only hours left"},
    {REASON_VULNERABLE, 45,
     "my gran|my granny|grandparents|heart condition|asthma|asthmatic|suffering "
     "from|terminal|hospice|special needs child|small children|two toddlers|"
     "pregnant|disabled|disability|wheelchair|reduced mobility|elderly|pensioner|my grandmother|"
     "my grandma|my grandfather|my grandad|my nan|newborn|new born|baby|babies|infant|toddler|sick "
     "child|sick son|sick daughter|sick mother|ill mother|critically ill|terminally ill|oxygen|"
     "insulin|diabetic|medication|medications|medicine|meds|chemo|chemotherapy|cancer|surgery|"
     "hospital|dialysis|ventilator|vulnerable|70 year old|75 year old|78 year old|79 year old|80 "
     "year old|81 year old|82 year old|83 year old|84 year old|85 year old|86 year old|87 year "
     "old|88 year old|89 year old|90 year old|91 year old|92 year old|unaccompanied minor|"
     "travelling alone|special needs|autistic|autism|blind|deaf|dementia|alzheimers|life support|"
     "care home|bereaved|passed away|funeral"},
    {REASON_OUTAGE, 30,
     "line is dead|line has been dead|phone is dead|phone line is dead|phone has been "
     "dead|internet is dead|went dead|internet keeps|wifi keeps|no broadband|broadband is "
     "down|lights are out|lights went out|power went out|power just went out|"
     "outage|outages|blackout|is down|are down|been down|went down|goes down|gone down|site down|"
     "website down|app down|service down|servers down|server down|no service|no internet|no "
     "wifi|no signal|no power|lost power|power cut|power is out|power out|power outage|power has "
     "been out|without power|without internet|without water|without heating|without electricity|no "
     "heating|no hot water|no water|no electricity|no gas|no phone line|no dial tone|no "
     "connection|lost connection|internet is out|internet has been out|cant log in|cannot log "
     "in|cant log on|cannot log on|cant login|cannot login|cant logon|cant get in|cant sign "
     "in|cannot sign in|wont let me log in|wont let me login|wont let me sign in|not letting me "
     "log in|unable to log in|unable to login|unable to sign in|not loading|wont load|wont open|"
     "keeps crashing|crashed|crashing|app not working|app isnt working|app doesnt work|website "
     "not working|website isnt working|site not working|system is down|systems down|system "
     "down|cant connect|nothing works|nothing is working|not working at all|out of service|out of "
     "order|keeps dropping|keeps disconnecting|keeps going down"},
    {REASON_OUTAGE, 30,
     "locked out|locked me out|locks me out|lock me out|locking me out|locked us out|shut out of "
     "my|lost access|no access|without access|cant access|cannot access|unable to access|cant get "
     "into my|cannot get into my|wont let me in|is in the dark|are in the dark|were in the "
     "dark|home in the dark|house in the dark|all in the dark"},
    {REASON_WAITING, 20,
     "for days|for weeks|for months|days ago|weeks ago|months ago|week ago|month ago"},
    {REASON_REPEAT, 20,
     "still waiting|still no|still not|still havent|still hasnt|still havent|still isnt|"
     "still cant|still dont|still nothing|still getting|still having|yet again|once again|nobody "
     "answers|no one answers|noone answers|nobody replies|no one replies|nobody is|no one "
     "is|no reply|no response|no answer|no answers|no one to|nobody to|third time|second "
     "time|fourth time|fifth time|nth time|umpteenth time|several times|multiple times|many "
     "times|three times|four times|five times|twice now|already called|already emailed|already "
     "spoke|already spoken|already reported|already dmd|already told|ive called|ive emailed|have "
     "called|have emailed|called twice|every day|every single|every time|everytime|same issue|same "
     "problem|how many times|been ignored|ignoring me|ignoring us|ignoring my|ignored|ignore|keep "
     "getting|keeps happening|keep asking|keep being|never responded|never replied|never answer|"
     "never called|not resolved|not been resolved|unresolved|never got back|hung up on me|hung up "
     "on|hung up|hangs up|hang up|passed around|transferred me|following up|chasing|no follow "
     "up|no update|no updates|no communication"},
    {REASON_REPEAT, 10, "again|repeatedly|constantly"},
    {REASON_WAITING, 15,
     "on hold|been on hold|how much longer|how long|hours on hold|minutes on hold|waiting for "
     "hours|been waiting|waiting over|waiting since|hour wait|hours wait|minute wait|min wait|"
     "waited|waiting for|hour delay|hours late|hours delayed|hour late|minutes late|over an "
     "hour|more than an hour|for hours|for an hour|2 hours|3 hours|4 hours|5 hours|6 hours|7 "
     "hours|8 hours|two hours|three hours|four hours|five hours|2 hrs|3 hrs|4 hrs|5 hrs|half "
     "hour|2hrs|3hrs|4hrs|2hr|3hr|still on|still sitting|sitting on"},
    {REASON_ANGER, 20,
     "terrible|horrible|awful|horrendous|horrid|worst|the worst|pathetic|disgusting|disgusted|"
     "disgrace|disgraceful|useless|incompetent|incompetence|ineptitude|ridiculous|ridiculously|"
     "unacceptable|not acceptable|unbelievable|shame|shameful|shame on you|shambles|shambolic|"
     "shocking|rubbish|garbage|trash|crap|crappy|shit|shitty|bullshit|bs|fuck|fucked|fucking|"
     "fuckin|wtf|wth|ffs|damn|dammit|damned|bloody|hell|what the hell|arse|ass|assholes|bastards|"
     "screw you|angry|anger|furious|livid|fuming|raging|pissed|pissed off|fed up|had enough|sick "
     "of|sick and tired|tired of|appalling|appalled|atrocious|abysmal|dreadful|diabolical|a "
     "joke|what a joke|jokers|clowns|circus|rude|rudest|rudeness|liars|liar|lying|lied|lies|"
     "thieves|theft|robbery|rip off|ripoff|ripped off|ripping off|poor service|poor customer "
     "service|bad service|bad customer service|terrible service|terrible customer service|"
     "customer service sucks|sucks|suck|sucked|hate|hated|disappointed|disappointing|"
     "dissapointed|disapointed|disappointment|disappoint|frustrated|frustrating|frustration|"
     "infuriating|insane|nightmare|epic fail|fail|fails|failing|failure|screwed|screwed up|ruined|"
     "ruining|outrageous|absurd|inexcusable|idiots|idiot|idiotic|stupid|dumb|moron|morons|"
     "clueless|laughable|embarrassing|embarrassment|unprofessional|disrespectful|insulting|"
     "insult|ludicrous|mess|a mess|chaos|sort it out|get it together|get your act together|get "
     "your shit together|no excuse|zero stars|mistreated|treated like|greedy|crooks|con artists|"
     "scum|boycott"},
    {REASON_LEAVING, 30,
     "cancel my account|cancel my contract|cancel my subscription|cancel my service|cancelling my "
     "account|cancelling my contract|canceling my account|cancelling my subscription|canceling my "
     "subscription|close my account|closing my account|close my accounts|closing my accounts|"
     "switching to|switch to another|switching provider|switching providers|switch provider|switch "
     "providers|switching banks|switch banks|changing banks|change banks|moving to another|move to "
     "another|moving to|leaving you|never again|neveragain|never fly|never flying|never use|never "
     "using|never buy|never buying|never book|never booking|never shop|never order|wont fly|wont "
     "be flying|wont be using|wont use|wont be back|will not be back|not be flying|last time "
     "i|last time flying|lost a customer|lost a loyal customer|lost me as a customer|lose a "
     "customer|losing a customer|losing customers|lost my business|lose my business|take my "
     "business elsewhere|taking my business|unsubscribe|done with you|im done|going elsewhere|go "
     "elsewhere|looking elsewhere|do not fly|dont fly|do not use|dont use|avoid at all "
     "costs|avoid"},
    {REASON_REGULATOR, 40,
     "ombudsman|trading standards|regulator|regulators|lawyer|lawyers|attorney|solicitor|legal "
     "action|take you to court|sue|sue you|suing|lawsuit|small claims|court|bbb|better business "
     "bureau|fca|ofcom|ofgem|cfpb|fcc|ftc|caa|consumer protection|consumer affairs|report you|"
     "reporting you|watchdog|dot complaint|department of transportation|file a complaint|filing a "
     "complaint|filed a complaint|formal complaint|official complaint|class action|go to the "
     "press|to the press|to the media|go to the media|call the news|data protection|attorney "
     "general|local news|the police"},
    {REASON_PROBLEM, 10,
     "keeps dropping|been dropping|wont switch on|wont start|wont charge|wont connect|doesnt turn "
     "on|does not turn on|wont power on|stopped charging|cracked screen|torn off|forgot "
     "my|forgotten my|forgot the password|dont remember my|cant remember my|lost track "
     "of|doubled|by mistake|in error|dont understand this|dont understand the|dont understand "
     "my|do not understand|never heard of this charge|went to the wrong|went to the neighbour|went "
     "to the neighbor|went to my neighbour|went to my neighbor|wrong address|left it in the|left "
     "it outside|left my parcel|left the parcel|left my package|left the package|left in the "
     "rain|never turned up|didnt turn up|did not turn up|no show|didnt show up|did not show "
     "up|never showed up|nobody came|no one came|nobody turned up|no one turned up|never came "
     "through|hasnt come|has not come|havent come|shouted at|yelled at|swore at|laughed at "
     "me|snapped at me|was rude|were rude|so rude|very rude|hung up on|ignored me|dismissive"},
    {REASON_PROBLEM, 10,
     "pending|trouble|fishy|suspicious|weird|did not work|did not get|did not receive|not "
     "being|not functioning|isnt functioning|incomplete|should not be|shouldnt be|did not come "
     "out|didnt come out|does not match|doesnt match|did not match|doesnt show|not updated|not "
     "been updated|"
     "not heard back|havent heard|heard nothing|not connecting|isnt connecting|not syncing|isnt "
     "syncing|not accepted|not available|unavailable|logs me out|logging me out|kicks me "
     "out|kicking me "
     "out|drains|draining|crash|crashes|scratched|cracked|stale|mouldy|moldy|spoiled|rotten|lag|"
     "lagging|buffering|blurry|blank screen|black screen|no longer works|no longer working|no "
     "longer available|no longer able|cant find|cannot "
     "find|couldnt find|struggle|struggling|too small|ripped|torn|fell apart|falling "
     "apart|smells|dented|stained|never happened|no luck|keeps|keep "
     "having|overheating|overheats|spam calls|missing from|nowhere to be found|not right|not "
     "accurate|inaccurate|not allowed|not letting|wasnt able|werent able|was not able|couldnt "
     "get|cant seem|not getting|not receiving|not recognised|not recognized|not recognizing|went "
     "wrong|going wrong|goes wrong|short changed|stopped|not responding|not responded|"
     "not working|doesnt work|does not work|isnt working|dont work|wont work|didnt work|stopped "
     "working|broken|broke|breaks|problem|problems|issue|issues|error|errors|error message|bug|"
     "bugs|glitch|glitches|fault|faulty|complaint|complaints|complain|complaining|charged me|"
     "overcharged|charged for|wrong|incorrect|incorrectly|mistake|late|delay|delayed|delays|"
     "delaying|lost|lost my|losing|lose|missing|damaged|damage|cant|cannot|unable|unable to|wont|"
     "wont let|wouldnt|didnt|didnt get|hasnt|havent received|not received|never "
     "received|never arrived|never came|never showed|not arrived|hasnt arrived|has not arrived|"
     "havent arrived|failed|declined|rejected|slow|so slow|stuck|expired|cancelled|canceled|"
     "cancellation|cancellations|cancelling|canceling|overbooked|oversold|bad|lost luggage|lost "
     "bag|lost bags|lost baggage|disconnected|disconnects|disconnecting|dropped|no help|not "
     "helpful|not helping|unhelpful|wasnt helpful|not delivered|undelivered|hasnt been "
     "delivered|not been delivered|refused|refuses|refuse|misplaced|mechanical|maintenance "
     "issue|diverted|rebooked|no bags|no luggage|not showing|not show|not able to|wont accept|not "
     "accepting|not let me|wont turn on|not turning|freezes|freezing|froze|leaking|"
     "leak|poor|poor quality|terrible quality|false advertising|misleading|misled|inconvenience|"
     "inconvenient|inconvenienced|compensation|compensate|refund|refunded|refunds|"
     "defective|not what i ordered|wrong item|wrong order|out of stock|keeps saying|keeps telling|"
     "downgraded|not honoring|not honouring|unanswered|denied|forced"},
    {REASON_QUESTION, 9,
     "why|why is|why are|why do|why does|why did|why was|why would|why cant|why hasnt|why "
     "havent|why wont|why have|why has|why isnt|why should|why must"},
    {REASON_QUESTION, 8,
     "need a|need new|need some|i must|i gotta|i want to|how do i|how can i|how do we|how can "
     "we|how to|how does|how is|how are|how much|how many|"
     "how will|how would|how soon|how far|how late|how old|how come|how should|what is|whats|what "
     "are|what do|what does|what can|what should|what time|what happened|what happens|what kind|"
     "what will|what would|what if|what about|what types|what|where is|wheres|where are|where "
     "can|where do|where does|where should|where would|where|when is|when will|when are|when "
     "does|when do|when can|when did|when should|when was|why|who do|"
     "who can|who is|whos|who should|which|can you|can i|can we|can someone|can anyone|can "
     "somebody|"
     "could you|could i|could someone|could we|would you|would it|would i|will you|will i|will "
     "it|will there|will my|is it|is there|is this|is that|is my|is the|is your|are you|are "
     "there|are these|are my|are we|am i|do you|do i|do we|does it|does the|does my|does this|"
     "does anyone|does your|did you|did my|did i|have you|has my|has anyone|should i|may i|any "
     "chance|any idea|any update|any updates|any news|any way|anyway to|is anyone|please|pls|plz|"
     "please advise|i need|i would like|id like|i want|i wanna|we need|i am looking|im looking|"
     "looking for|looking to|wondering|i wonder|wonder if|curious|question|questions|quick "
     "question|inquiring|enquiry|inquiry|information|info|tell me|let me know|show me|give me|"
     "send me|call me|contact me|dm me|email me|explain|i have to|need to|needs to|trying to|"
     "tried to|attempting to|want to|want my|like to|find out|check on|check my|change my|confirm|"
     "get back to me|fix it|fix this|fix your|please fix|sort this|sort it|respond|reply to|answer "
     "my|look into|refund me|do something|book me|set up|set my|turn on|turn off|put on|remind "
     "me|make a|add|update my|transfer|activate|cancel my|pay my|order me|book a|schedule|find "
     "me|help me|make sure|i lost|i forgot|my card|my account|my order|my flight|my booking|my "
     "phone|my reservation|my refund"},
    {REASON_QUESTION, 8,
     "opening hours|opening times|store hours|stop my|my appointment|my subscription|my bill|my "
     "invoice|my parcel|my package|my delivery|my statement|my booking|my contract|my password|my "
     "pin|my broadband|reschedule"},
    {GROUP_OPENER, 8,
     "do|does|did|has|have|is|are|was|were|will|would|could|can|should|am|may|find|get|change|make|"
     "turn|stop|share|book|read|remove|check|play|alert|tell|show|put|cancel|open|start|"
     "where|when|order|replace|reset|unlock|block|freeze|return|refund|exchange|track|locate|"
     "remind|delete|increase|reduce|raise|lower|switch|connect|sync|call|text|reserve|undo"},
    {GROUP_HELP, 10,
     "help|please help|need help|need some help|assist|assistance|support please|sos|helpp|"
     "advise|any help|can you help|could you help|can someone help|can anyone help"},
    {REASON_CALM, -25,
     "not urgent|not really urgent|isnt urgent|nothing urgent|not an emergency|isnt an "
     "emergency|non urgent|no rush|no hurry|not in a hurry|no urgency|whenever you can|whenever "
     "you get a chance|when you get a chance|when you have time|all sorted|sorted now|all sorted "
     "now|its sorted|got sorted|resolved|its resolved|been resolved|now resolved|all resolved|"
     "issue resolved|fixed|fixed now|fixed it|all fixed|got fixed|its fixed|working now|works "
     "now|now working|working again|its working|back up|back online|is back|power is back|back "
     "on|back to normal|no problem|no problems|no issue|no issues|no "
     "worries|never mind|nevermind|all good|problem solved|without any problem|without a "
     "problem|without any problems|false alarm|was a drill|just a drill|just a test|fire drill"},
    {REASON_SARCASM, 10,
     "thanks for nothing|thank you for nothing|thanks a lot for|thanks for ruining|thanks for "
     "cancelling|thanks for canceling|thanks for losing|thanks for leaving|thanks for delaying|"
     "thanks for wasting|thanks for ignoring|thanks for not|thanks for making me|great job losing|"
     "great job on|great job with|nice job losing|good job losing|nice work losing|way to "
     "go|well done for|what a surprise|surprise surprise|shocker|as usual|like always|oh "
     "great|oh good|just great|just wonderful|just perfect|just fantastic|slow clap|good luck "
     "with that|gee thanks|so helpful not|love how you|love how|love being|love waiting|love it "
     "when|awesome another|great another|fantastic another|how nice of you|how convenient|real "
     "classy|stay classy|yeah right|thanks obama|so much for|nice way|great "
     "way to"},
    {REASON_PRAISE, 0,
     "cant thank you enough|cannot thank you enough|never had a better|couldnt be happier|couldnt "
     "be better|couldnt ask for|damn good|bloody brilliant|bad ass|ass kicking|"
     "great service|excellent service|excellent|amazing|amazed|awesome|fantastic|brilliant|"
     "wonderful|love you|love you guys|love this|love your|love the|love it|love that|love my|"
     "loving|loved|luv|best airline|best bank|best service|best customer service|best flight|"
     "best crew|the best|great job|good job|nice job|well done|good work|great work|nice work|"
     "kudos|props|shout out|shoutout|impressed|so impressed|very happy|so happy|very pleased|"
     "perfect|outstanding|superb|great flight|great crew|great staff|great team|great customer "
     "service|great experience|great help|amazing service|amazing customer service|good service|"
     "good customer service|exceptional|highly recommend|recommend|recommended|pleasure|"
     "fabulous|terrific|phenomenal|incredible|stellar|top notch|first class service|made my "
     "day|youre the best|you are the best|you guys are the best|you guys rock|you rock|rocks|"
     "rockstar|rock stars|rockstars|keep up the good work|keep it up|lovely|really helpful|so "
     "helpful|very helpful|super helpful|extremely helpful|more than helpful|most helpful|"
     "appreciate it|appreciate your help|appreciate the help|congrats|congratulations|above and "
     "beyond|went above|going above|hats off|saved the day|life saver|lifesaver|deserves a "
     "raise|so easy|quick response|fast response|great response|fast service|quick service|"
     "friendly staff|friendly crew|so kind|so friendly|very friendly|so nice|five stars|5 "
     "stars|much better"},
    {GROUP_THANKS, 2,
     "for your help|for the help|for all your help|for helping|for helping me|for helping us|for "
     "the info|for the assistance|for your assistance|for your support|"
     "thanks again|thank you again|thanks|thank you|thankyou|thank you so much|thanks so "
     "much|thank you very much|thanks a "
     "lot|thanks a million|many thanks|thx|thnx|tks|ty|tysm|tyvm|cheers|thank u|thank you guys|"
     "thanks guys|thanks for your help|thanks for the help|thank you for your help|thank you for "
     "the help|thanks for the reply|thanks for the quick reply|thanks for your reply|thanks for "
     "the quick response|thanks for the response|thanks for responding|thank you for responding|"
     "thanks for the info|thanks for the update|thanks for getting back|thanks for following "
     "up|thanks for the follow|appreciated|much appreciated|appreciate|grateful|gracias"},
    {GROUP_THANKS, 1,
     "ok|okay|okey|oki|k|kk|got it|gotcha|understood|noted|will do|sounds good|"
     "nice one|alright|all right|fair enough|ok cool|no problem thanks|you too|good to know|"
     "right|sure|fine|yes|yep|yeah"},
    {GROUP_NEGATION, 0, "no longer|not anymore"},
    {GROUP_NEGATION, 2,
     "not|never|dont|cant|isnt|wasnt|arent|werent|didnt|doesnt|wont|wouldnt|couldnt|shouldnt|"
     "havent|hasnt|hadnt|aint|without|nothing|none|nobody|noone|no one|neither|nor|barely|hardly|"
     "no"},
    {GROUP_PLAIN, 0,
     "not only|not just|no doubt|no joke|why not|dont worry|no wonder|not sure|dont know|do not "
     "know|didnt know|if not|or not|cannot wait|never fails to|not to mention|nothing but love|by "
     "accident|on "
     "accident|fire up|fire stick|"
     "fire tv|fire tablet|kindle fire|wild fire|emergency exit|emergency exit row|emergency "
     "row|exit row|emergency fund|emergency contact|heart stroke|baby shower|blind date|of hold|"
     "hold on|love the way|no matter|last night|good morning|good "
     "afternoon|good evening|happy new year|happy birthday|right there|like this|no other|in case "
     "of emergency|emergency number|cool down|calm down|sit down|settle down|slow down|write down|"
     "break down|insurance|hand baggage|carry on|second to none|any time|every time i fly|"
     "court side|food court|tennis court|smoke "
     "alarm|smoke detector|credit card|late night|late fee|sooner or later|too late"},
    {GROUP_PLAIN, 0,
     "no gas leak|no gas leaks|not a gas leak|isnt a gas leak|wasnt a gas leak|no smell of gas|no "
     "gas smell|no longer smell gas|dont smell gas|do not smell gas|cant smell gas|nobody is "
     "injured|nobody was injured|nobody injured|no one is injured|no one was injured|nobody is "
     "hurt|nobody was hurt|no one is hurt|no one was hurt|no injuries|not on fire|isnt on fire|no "
     "fire"},
    {GROUP_BREAK, 0, "and|but|because|so|though|although|cause|or|then|yet"},
    {GROUP_SELF, 0, "i|im|ive|me|my|mine|myself|we|our|us|were|weve|you|your|youre|yours|u|ur"},
    {GROUP_NEGATIVE, 4,
     "hours|hour|hrs|hr|worse|unhappy|upset|annoyed|annoying|ugh|smh|lame|uncomfortable|dirty|"
     "filthy|disconnect|unreliable|overpriced|cramped|gross|nasty|"
     "stressful|worried|lacking|lack|lack of|ashamed|crazy|confused|confusing|ripoffs|fiasco|"
     "blame|excuses|excuse|apology|apologize|unfriendly|unreal|neglect|abandoned|"
     "regret|waste|wasted|wasting|waste of time|waste of money|nope|tacky|old planes|no longer "
     "fly|nothappy|badservice|notcool|not cool|not happy|not good|not great|not impressed|not "
     "fair|not ok|not okay|not right|unfair|not a fan|not fun"},
    {GROUP_NEGATIVE, 3,
     "waiting|wait|waits|minutes|mins|min|minute|hold|missed|miss|expensive|seriously|really|"
     "sad|sitting|sit|dead|instead|why|told|said|says|lines|line|tried|call|calls|called|calling|"
     "phone|answer|answers|busy|automated|supposed|bother|at least|anymore|nobody|twice|half|ever|"
     "until|due to|spent|past|zero|crew was rude|attitude|tarmac|runway|empty|hang|full|unless|"
     "no idea|why cant|actually|even|rep|reps|human|speak to|speak with|customers|understand|"
     "luggage|bags|bag|baggage|suitcase|days|caused|weeks"},
    {GROUP_NEGATIVE, 1,
     "because|but|service|customer|now|been|over|still|your|was|were|they|no|someone|agent|agents|"
     "plane|gate|paid|pay|website|site|online|system|hotel|trying|day|after|one|off|people|"
     "your people|had|then|yesterday|all day"},
    {GROUP_POSITIVE, 5,
     "no complaints|cant complain|not complaining|nothing to complain "
     "about|happy|love|glad|best|pleased|enjoy|enjoyed|enjoying|beautiful|excited|exciting|yay|"
     "woohoo|"
     "win|winning|wow|comfortable|comfy|favorite|favourite|smile|smiles|smiling|gorgeous|helpful|"
     "friendly|smooth|great|awesomeness|yum|delicious|blessed|thrilled|delighted|proud|fan|"
     "huge fan|big fan|winner|thumbs up|shining|classy|polite|courteous|professional|fun|"
     "cant wait|not bad|second to none|hell "
     "yeah|kick ass|badass|miss you|resolved|deserves|deserve|impressive|happy birthday"},
    {GROUP_POSITIVE, 3,
     "good|nice|fast|quick|quickly|easy|kind|sweet|cool|haha|hahaha|welcome|finally|safely|"
     "looking forward|look forward|always|helped|helping|worked|super|thankful|better|warm|"
     "definitely|hope|early|free|upgrade|upgraded|luck|well|happily|"
     "made it|on time|special|team|crew|guys|attendant"},
    {REASON_SPAM, 2,
     "make money online|earn money|work from home|free followers|gain followers|check "
     "my bio|link in bio|link in my bio|onlyfans|guaranteed returns|guaranteed profit|investment "
     "opportunity|cash prize|you have won|youve won|claim your prize|subscribe to my|"
     "follow for follow|follow back|double your money|crypto signals|forex signals|passive "
     "income|click here to|click the link to|hot singles|buy followers|text me on whatsapp"},
    {REASON_SPAM, 1,
     "follow me|follow us|giveaway|promo code|discount code|use code|buy now|shop now|order "
     "now|sign up now|click here|click the link|crypto|bitcoin|nft|forex|limited time|enter to "
     "win|retweet to win|rt to win|check out my|visit our|free trial|dont miss|best deals|huge "
     "discount|special offer|earn|join now"},
    {REASON_NEWS, 2, "breaking|breaking news|press release|just in"},
    {REASON_NEWS, 2,
     "quarterly earnings|quarterly results|quarterly profit|record profits|record profit|annual "
     "results|earnings report"},
    {REASON_NEWS, 1,
     "news|according to|reports that|announces|announced|announcement|"
     "shares of|stock|stocks|shares|earnings|quarterly|launches|launch|unveils|"
     "acquires|partnership with|read more|via|ceo|investors|profit|profits|revenue|"
     "headlines|interview"},
    {0, 0, NULL},
};
