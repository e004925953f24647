/* lexicon_es.c - built-in words, Spanish. */
#include "core/triage/lexicon.h"
#include "core/triage/reason.h"
#include <stddef.h>

const struct phrase_group lexicon_es[] = {
    {REASON_SAFETY, 60,
     "me voy a matar|voy a matarme|matarme|me quiero matar|acabar con mi vida|no quiero seguir "
     "viviendo|tuvo un infarto|tiene un infarto|sufrio un infarto|"
     "se electrocuto|electrocuto|electrocutada|electrocutaron|huele a quemado|olor a quemado|esta "
     "ardiendo|salen llamas|sale humo|saliendo humo|sale mucho humo|se esta "
     "incendiando|cortocircuito|corto circuito|inconsciente|se desangra|poste caido|se cayo un "
     "poste|arbol sobre los cables|conductor borracho|chofer borracho|conductor ebrio|chofer "
     "ebrio|casi chocamos|casi choca|casi me mata|casi nos mata|casi nos matamos|iba "
     "borracho|manejaba borracho|no para de sangrar|"
     "violacion|intento violarme|me quiso violar|secuestro|secuestrada|secuestrado|a punta de "
     "pistola|me apunto con|me golpeo|me golpearon|"
     "peligro|en peligro|huele a gas|huele mucho a gas|fuga de gas|"
     "escape de gas|olor a gas|incendio|incendiando|se incendio|fuego|en llamas|explosion|exploto|"
     "explota|herido|herida|heridos|heridas|sangrando|ambulancia|bomberos|me amenazan|"
     "me amenazo|amenaza de muerte|amenazas de muerte|suicidarme|suicidio|suicidar|quitarme la "
     "vida|me quiero morir|no quiero vivir|cable caido|cables caidos|cable suelto|cables "
     "sueltos|cable pelado|chispas|echa chispas|se esta quemando|se quema|quemado vivo|humo|"
     "descarga electrica|electrocutar|electrocutado|me electrocute|dio la corriente|intoxicado|"
     "intoxicada|intoxicados|monoxido|reaccion alergica|emergencia medica|"
     "es una emergencia|emergencia|una emergencia|atrapado|atrapada|atrapados|atrapadas|"
     "encerrado|encerrada|encerrados|encerradas|riesgo de vida|corre riesgo|vida en riesgo|"
     "no respira|no puede respirar|no puedo respirar|se desmayo|desmayada|desmayado|"
     "convulsion|convulsiones|me estan siguiendo|me agredio|me agredieron|agresion|me ataco|"
     "acoso|me acosa|abuso sexual|se ahoga|ahogando|inundando|inundacion|inundado|se inunda|"
     "se derrumba|derrumbe"},
    {REASON_SAFETY, 60,
     "tuve un accidente|tuvimos un accidente|hubo un accidente|sufri un accidente|ha habido un "
     "accidente|acabo de tener un accidente|un accidente grave|le dio un infarto|esta teniendo un "
     "infarto|me esta dando un infarto"},
    {REASON_SAFETY, 40,
     "accidente|peligroso|peligrosa|peligrosos|infarto|a punto de caer|sin seguridad"},
    {REASON_SAFETY, 60,
     "huelo a gas|huelo mucho a gas|huelo gas|huelo el gas|olemos a gas|olemos gas|huelen a "
     "gas|huelen gas|olia a gas|olia mucho a gas|olio a gas|ha olido a gas|hemos olido gas|he "
     "olido gas|esta oliendo a gas|oliendo a gas|huele muchisimo a gas|huele fuerte a gas|huele "
     "muy fuerte a gas|huele bastante a gas|huele un poco a gas|huele como a gas|huele gas|se "
     "huele gas|se huele el gas|se huele a gas|se olia a gas|oler a gas|oler gas|hay gas en|huelo "
     "a quemado|olemos a quemado|olia a quemado|huele mucho a quemado|oliendo a quemado|huele a "
     "humo|olor a humo|huelo a humo|huelo humo"},
    {REASON_MONEY_BLOCKED, 45,
     "devuelvanme mi plata|devuelvan mi plata|quiero mi plata|devuelveme mi dinero|"
     "todo mi dinero|no me funciona la tarjeta|no me pasa la tarjeta|no pasa mi tarjeta|mi tarjeta "
     "no funciona|mi tarjeta no pasa|no tengo efectivo|me dejaron sin dinero|no me depositan|no "
     "puedo comprar comida|no puedo pagar la renta|no puedo pagar el alquiler|desaparecio mi "
     "dinero|falta dinero en mi cuenta|"
     "no puedo sacar dinero|no me deja sacar dinero|no puedo retirar|no puedo sacar mi dinero|no "
     "puedo disponer|no puedo pagar|no me deja pagar|sin dinero|sin un peso|sin un euro|sin "
     "plata|me quede sin dinero|me quede sin saldo|cajero se trago|no me depositaron|no me han "
     "depositado|no me llega mi nomina|no ha caido mi nomina|no me han pagado|no me pagaron|no me "
     "cae mi nomina|no aparece mi deposito|no aparece mi dinero|donde esta mi dinero|me cobraron "
     "doble|me cobraron dos veces|me han cobrado dos veces|cobro doble|doble cobro|cobrado dos "
     "veces|cobro duplicado|cargo duplicado|no me devuelven mi dinero|no me devuelven el dinero|"
     "devuelvan mi dinero|devuelvanme mi dinero|me devuelvan mi dinero|devolvedme el "
     "dinero|quiero mi dinero|transferencia no llego|transferencia no llega|no llego la "
     "transferencia|no llega la transferencia|no ha llegado la transferencia|no me acreditaron|no "
     "se acredito|no tengo acceso a mi dinero"},
    {REASON_MONEY_BLOCKED, 45,
     "perdi mi tarjeta|perdi la tarjeta|perdi mis tarjetas|perdi las tarjetas|perdi una tarjeta|he "
     "perdido mi tarjeta|he perdido la tarjeta|ha perdido mi tarjeta|ha perdido la tarjeta|ha "
     "perdido su tarjeta|perdio su tarjeta|perdio la tarjeta|perdio mi tarjeta|hemos perdido la "
     "tarjeta|perdimos la tarjeta|acabo de perder mi tarjeta|acabo de perder la tarjeta|se me "
     "perdio mi tarjeta|se me perdio la tarjeta|se me ha perdido la tarjeta|se me ha perdido mi "
     "tarjeta|se me extravio la tarjeta|se me extravio mi tarjeta|extravie mi tarjeta|extravie la "
     "tarjeta|he extraviado mi tarjeta|he extraviado la tarjeta|extravio de mi tarjeta|extravio de "
     "tarjeta|perdida de tarjeta|perdida de mi tarjeta|tarjeta extraviada|tarjeta perdida|no "
     "encuentro mi tarjeta|no encuentro la tarjeta|deje mi tarjeta en|deje la tarjeta en|olvide mi "
     "tarjeta en|perdi la cartera|perdi mi cartera|perdi la billetera|perdi mi billetera|he "
     "perdido la cartera|he perdido mi cartera"},
    {REASON_FRAUD, 50,
     "tarjeta robada|tarjetas robadas|robo de mi tarjeta|robaron la tarjeta|robado la "
     "tarjeta|robado mi tarjeta|robado la cartera|robado mi cartera|robaron la cartera|robaron mi "
     "cartera|robaron la billetera|robaron mi billetera|me roban"},
    {REASON_FRAUD, 50,
     "que yo no hice|que no autorice|que yo no autorice|que no he autorizado|que no realice|que yo "
     "no realice|que no reconozco|que no es mio|haciendose pasar|usaron mi tarjeta|estan usando mi "
     "tarjeta|entraron a mi cuenta|entraron en mi cuenta|"
     "fraude|fraudes|fraudulento|fraudulenta|me robaron|me han robado|robaron mi tarjeta|"
     "robaron mis datos|robo de tarjeta|me hackearon|me han hackeado|hackearon mi cuenta|"
     "hackeado|hackeada|clonaron mi tarjeta|me clonaron|clonaron|clonada|clonado|cargo no "
     "reconocido|cargos no reconocidos|no reconozco ese cargo|no reconozco el cargo|no reconozco "
     "un cargo|no reconozco este cargo|no reconozco esa compra|no reconozco|desconozco ese cargo|"
     "desconozco la compra|compra que no hice|compras que no hice|compra que no he hecho|cargo que "
     "no hice|cargo que no he hecho|estafa|estafas|me estafaron|me han estafado|estafado|estafada|"
     "phishing|suplantacion|suplantando|suplantan|robo de identidad|cargos que no hice|"
     "movimientos que no hice|movimientos extranos|movimientos sospechosos|transferencia que no "
     "hice|me vaciaron la cuenta|vaciaron mi cuenta|vaciado la cuenta|sin mi autorizacion|sin mi "
     "consentimiento"},
    {REASON_STRANDED, 50,
     "en el aeropuerto desde|cancelaron todo|cancelaron todos los vuelos|sin vuelo de regreso|sin "
     "poder regresar|sin poder viajar|me dejo el avion|perdi el avion|perdimos el avion|me dejaron "
     "en tierra|nos dejaron en tierra|me han dejado en tierra|nos han dejado en tierra|"
     "varado|varada|varados|varadas|me quede en el aeropuerto|en el aeropuerto sin|"
     "tirados en el aeropuerto|tirado en el aeropuerto|tirada en el aeropuerto|nos han dejado "
     "tirados|nos dejaron tirados|me dejaron tirado|me dejaron tirada|me han dejado tirado|me han "
     "dejado tirada|dejan tirados|sin hotel|sin alojamiento|durmiendo en el aeropuerto|dormir en "
     "el aeropuerto|mi vuelo sale en|nuestro vuelo sale en|mi vuelo sale hoy|no me dejan "
     "embarcar|no nos dejan embarcar|no me dejaron embarcar|no nos dejaron embarcar|no me dejan "
     "subir al avion|no me dejan volar|tirado en la carretera|tirada en la carretera|tirados en "
     "la carretera|en plena carretera|averiado en la autopista|en tierra|sin poder volver|no "
     "puedo volver a casa|no podemos volver|dentro del avion|horas en el avion|encerrados en el "
     "avion"},
    {REASON_DEADLINE, 30,
     "urgente|urgentemente|urge|me urge|nos urge|urgencia|urgentisimo|con urgencia|hoy mismo|"
     "vence hoy|vence manana|caduca hoy|hoy es el ultimo dia|ultimo dia|hoy vence|hoy se vence|"
     "antes de las|antes de medianoche|es para hoy|para hoy|lo necesito hoy|lo necesito ya|"
     "necesito hoy|cuanto antes|lo antes posible|lo mas pronto posible|de inmediato|"
     "inmediatamente|de manera inmediata|esta misma tarde|esta noche|en una hora|en dos horas|en "
     "media hora|en unas horas|viajo manana|viajo hoy|viajo esta noche|vuelo manana|vuelo hoy|"
     "salgo hoy|salgo manana|ahora mismo|sale en una hora|sale en dos horas|sale en media hora|"
     "plazo|fecha limite|mi vuelo es manana|mi vuelo es hoy|cuestion de horas"},
    {REASON_VULNERABLE, 45,
     "embarazada|embarazo|discapacidad|discapacitado|discapacitada|minusvalia|silla de "
     "ruedas|movilidad reducida|adulto mayor|adulta mayor|adultos mayores|personas mayores|tercera "
     "edad|mi abuela|mi abuelo|mis abuelos|bebe|bebes|recien nacido|recien nacida|mi hijo "
     "enfermo|mi hija enferma|hijo enfermo|hija enferma|mi madre enferma|mi padre enfermo|esta "
     "enfermo|esta enferma|enfermo cronico|enferma cronica|menor no acompanado|nino solo|nina "
     "sola|oxigeno|electrodependiente|insulina|diabetico|diabetica|medicamento|medicamentos|"
     "medicacion|tratamiento medico|quimioterapia|cancer|operado|operada|cirugia|hospital|"
     "hospitalizado|hospitalizada|internado|internada|dialisis|persona mayor|anciano|anciana|"
     "ancianos|respirador|ventilador mecanico|autista|autismo|ciego|ciega|sordo|sorda|"
     "de 75 anos|de 76 anos|de 77 anos|de 78 anos|de 79 anos|de 80 anos|de 81 anos|de 82 anos|de "
     "83 anos|de 84 anos|de 85 anos|"
     "de 86 anos|de 87 anos|de 88 anos|de 89 anos|de 90 anos|de 91 anos|de 92 anos|de 93 anos|de "
     "94 anos|de 95 anos|"
     "tiene 75 anos|tiene 76 anos|tiene 77 anos|tiene 78 anos|tiene 79 anos|tiene 80 anos|tiene 81 "
     "anos|tiene 82 anos|tiene 83 anos|tiene 84 anos|tiene 85 anos|"
     "tiene 86 anos|tiene 87 anos|tiene 88 anos|tiene 89 anos|tiene 90 anos|tiene 91 anos|tiene 92 "
     "anos|tiene 93 anos|tiene 94 anos|tiene 95 anos"},
    {REASON_OUTAGE, 30,
     "se fue el internet|se me fue el internet|se fue la senal|se fue el agua|se fue internet|se "
     "me cayo el internet|se nos fue la luz|me cortaron la luz|me cortaron el servicio|me cortaron "
     "el agua|me cortaron la linea|me cortaron el internet|me cortaron internet|nos cortaron la "
     "luz|nos cortaron el agua|cortaron la luz|cortaron el agua|cortaron el servicio|no me "
     "funciona internet|no me funciona el internet|quedamos sin luz|quede sin luz|quede sin "
     "internet|quede sin senal|quedamos sin agua|nos quedamos sin luz|se me cae el internet|"
     "se cayo|se volvio a caer|volvio a caerse|se ha vuelto a caer|volvio a fallar|"
     "esta caido|esta caida|estan caidos|caido el sistema|caida del sistema|caida del "
     "servicio|no hay servicio|no tengo servicio|no tenemos servicio|sin servicio|sin internet|no "
     "tengo internet|no tenemos internet|sin luz|no tengo luz|no tenemos luz|se fue la luz|se ha "
     "ido la luz|sin electricidad|sin senal|no tengo senal|sin cobertura|sin agua|no tengo "
     "agua|no tenemos agua|sin gas|sin linea|no tengo linea|sin telefono|sin calefaccion|sin "
     "sistema|no hay sistema|no tienen sistema|no hay internet|no hay luz|no hay senal|no hay "
     "agua|no hay linea|no hay conexion|sin conexion|sin wifi|no tengo wifi|apagon|no funciona la "
     "app|no funciona la aplicacion|no funciona la web|no funciona la pagina|no sirve la app|no "
     "sirve la aplicacion|no abre la app|no carga la app|no carga la pagina|no puedo entrar|no me "
     "deja entrar|no puedo ingresar|no me deja ingresar|no puedo acceder|no me deja acceder|no "
     "podemos acceder|no puedo iniciar sesion|no me deja iniciar sesion|no consigo entrar|no "
     "logro entrar|no logro ingresar|no logro acceder|corte de luz|corte de agua|cortes de luz|"
     "corte de servicio|interrupcion|intermitencia|intermitencias|falla general|falla masiva|"
     "caida general|caida masiva|todo caido|fuera de servicio|nos quedamos sin|me quede sin "
     "internet|me quede sin luz|me quede sin linea|no da tono"},
    {REASON_OUTAGE, 30,
     "sin acceso|perdi el acceso|perdi acceso|he perdido el acceso|no tengo acceso|no tenemos "
     "acceso|no me deja acceder|no me deja loguearme|no puedo loguearme|no puedo conectarme|no me "
     "puedo conectar|no nos podemos conectar|a oscuras|se ha ido internet|se ha ido el internet|se "
     "me ha ido la luz|se nos ha ido la luz"},
    {REASON_WAITING, 20,
     "hace dias|hace semanas|hace meses|hace un mes|hace una semana|hace dos semanas|desde "
     "hace|llevo dias|llevo semanas|llevo horas|llevo meses|llevo dos|llevo tres|llevo una "
     "semana|llevo un mes|llevo mas de|llevo toda|llevo esperando|llevamos|sigo esperando|seguimos "
     "esperando|llevo una hora|llevo media hora|llevo cuatro|llevo cinco|llevo varios|llevo "
     "varias|llevo un rato|llevo 2|llevo 3|llevo 4|llevo 5|llevo desde|llevo todo"},
    {REASON_REPEAT, 20,
     "sigo sin|seguimos sin|siguen sin|sigue sin|nadie responde|nadie contesta|nadie me "
     "responde|nadie me "
     "contesta|nadie nos responde|nadie nos contesta|nadie me ayuda|nadie ayuda|nadie da "
     "respuesta|nadie me da|nadie se hace cargo|nadie atiende|nadie me atiende|no me "
     "responden|no responden|no respondeis|no contestan|no contestais|no me contestan|no dan "
     "respuesta|no me dan respuesta|no me dan solucion|no dan solucion|sin respuesta|sin "
     "solucion|sin obtener respuesta|tercera vez|segunda vez|cuarta vez|quinta vez|enesima vez|"
     "varias veces|mil veces|tres veces|cuatro veces|muchas veces|ya llame|ya hable|ya escribi|ya "
     "reporte|ya les llame|ya les hable|ya les escribi|ya les mande|ya les reporte|ya os "
     "escribi|ya os he escrito|ya os llame|he llamado|hemos llamado|ya he llamado|ya van|llevo "
     "intentando|todos los dias|siempre "
     "lo mismo|lo mismo de siempre|cuantas veces|no me han resuelto|no me resuelven|no "
     "resuelven|no han resuelto|no me solucionan|no solucionan|no me han solucionado|me dan "
     "largas|dando largas|me ignoran|ignoran|me pasan de|me cuelgan|me colgaron|me han colgado|"
     "insisto|reitero|sigue igual|sigo igual|seguimos igual"},
    {REASON_REPEAT, 10, "otra vez|de nuevo|nuevamente|una vez mas"},
    {REASON_WAITING, 15,
     "cuanto tiempo mas|hasta cuando|sigo en espera|en espera|una hora esperando|horas "
     "esperando|minutos esperando|dias esperando|esperando respuesta|esperando a que|todavia "
     "espero|aun espero|cuando me van a|cuando van a|horas de espera|horas de retraso|hora de "
     "retraso|minutos de retraso|mas de una hora|mas de dos horas|tiempo de espera|lista de espera|"
     "en cola|haciendo cola|horas de cola"},
    {REASON_ANGER, 20,
     "estafadores|estafador|"
     "pesimo|pesima|pesimos|pesimas|horrible|horribles|horroroso|terrible|terribles|verguenza|que "
     "verguenza|una verguenza|verguenza ajena|vergonzoso|vergonzosa|vergonzosos|inutiles|inutil|"
     "ineptos|inepto|ineptitud|incompetentes|incompetente|incompetencia|ladrones|ladron|rateros|"
     "chorros|basura|asco|que asco|dan asco|da asco|asqueroso|asquerosa|mierda|una mierda|carajo|"
     "chinga|chingada|chingados|chingar|no mamen|no chinguen|pendejos|pendejo|pinche|pinches|puta|"
     "puto|putos|putas|hijos de|hijos de puta|hdp|cabrones|cabron|gilipollas|imbecil|imbeciles|"
     "malditos|maldito|maldita|harto|harta|hartos|hartas|hasta la madre|hasta los huevos|hasta "
     "las narices|hasta el gorro|cansado de|cansada de|cansados de|indignado|indignada|indignados|"
     "indignante|indignacion|inaceptable|inadmisible|intolerable|inconcebible|falta de "
     "respeto|faltar el respeto|una burla|se burlan|tomadura de pelo|me toman el pelo|nos toman el "
     "pelo|tomando el pelo|me tienen harto|me tienen harta|que porqueria|porqueria|bazofia|de lo "
     "peor|lo peor|el peor|la peor|los peores|son lo peor|sois lo peor|nefasto|nefasta|nefastos|"
     "deplorable|lamentable|lamentables|penoso|penosa|patetico|patetica|pateticos|desastre|"
     "desastroso|desastrosa|caos|caotico|un robo|que robo|atraco|un atraco|timo|un timo|abuso|"
     "abusivo|abusivos|abusan|sinverguenzas|sinverguenza|caraduras|caradura|que cara mas dura|"
     "mentirosos|mentiroso|mienten|mentis|enganan|enganado|enganada|enganar|enojado|enojada|"
     "enojo|furioso|furiosa|cabreado|cabreada|cabreo|decepcion|decepcionado|decepcionada|"
     "decepcionante|ridiculo|ridicula|ridiculos|estupidos|estupida|estupido|idiotas|cagada|"
     "cagaron|una estafa|escandaloso|escandalo|denigrante|indignos|impresentables|impresentable|"
     "chapuza|poca verguenza|que poca verguenza|descaro|descarados|odio|os odio|los odio|"
     "pesadilla|calvario|infierno|tercermundista|de vergüenza|un desproposito"},
    {REASON_LEAVING, 30,
     "cancelo mi cuenta|cancelar mi cuenta|cancelar la cuenta|cancelar mi contrato|cancelar el "
     "contrato|cancelar el servicio|cancelar mi servicio|cancelar mi tarjeta|cancelar mi "
     "suscripcion|darme de baja|dar de baja|darnos de baja|me doy de baja|doy de baja|me dare de "
     "baja|me voy a dar de baja|me voy a la competencia|me ire a la competencia|a la "
     "competencia|me cambio a|me cambio de banco|me cambio de compania|cambiarme de banco|"
     "cambiarme de compania|cambiare de compania|cambiare de banco|cambiar de compania|cambiar de "
     "banco|cambiarme de|cerrar mi cuenta|cierro mi cuenta|nunca mas|jamas vuelvo|jamas volvere|"
     "no vuelvo a|no vuelvo mas|no volvere|no volvere a|no volveremos|no volvais|no vuelen|no "
     "voleis|no compren|no contraten|no lo recomiendo|no los recomiendo|no recomiendo|ultima vez "
     "que|es la ultima vez|me paso a|portabilidad|dejo de ser cliente|dejare de ser cliente|"
     "pierden un cliente|perdeis un cliente|perdieron un cliente|habeis perdido un cliente|han "
     "perdido un cliente|un cliente menos|me largo"},
    {REASON_REGULATOR, 40,
     "profeco|condusef|cnbv|ift|defensa del consumidor|defensa al consumidor|derechos del "
     "consumidor|sernac|indecopi|osiptel|osinergmin|sic|consumo responsable|denuncia|denuncio|"
     "denunciar|los voy a denunciar|os voy a denunciar|voy a denunciar|voy a poner una denuncia|"
     "denunciarlos|denunciaros|denunciare|demanda|demandar|demandarlos|demandare|los voy a "
     "demandar|os voy a demandar|querella|mi abogado|mis abogados|mi abogada|abogado|abogados|"
     "acciones legales|medidas legales|via judicial|via legal|tribunales|juzgado|juicio|oficina "
     "del consumidor|oficina de consumo|organizacion de consumidores|ocu|facua|cnmc|omic|cofeco|"
     "superintendencia|ente regulador|enargas|enre|enacom|reclamacion oficial|hoja de "
     "reclamaciones|hojas de reclamaciones|libro de reclamaciones|libro de quejas|aesa|banco de "
     "espana|banco central|bcra|a la prensa|en la prensa|a los medios|redes sociales y medios|"
     "proteccion de datos|agencia de proteccion"},
    {REASON_PROBLEM, 10,
     "no me funciona|no me funcionan|no nos funciona|no nos funcionan|no le funciona|no les "
     "funciona|tampoco funciona|tampoco me funciona|tampoco le funciona|tampoco nos funciona|nunca "
     "funciona|no funcionaba|no funcionaban|no funciono|no ha funcionado|no han funcionado|no esta "
     "funcionando|no me esta funcionando|sin funcionar|deja de funcionar|dejo de funcionar|dejaron "
     "de funcionar|ha dejado de funcionar|me dejo de funcionar|dejo de andar|no me anda|no me "
     "andan|no me sirve|no me va|no nos va|no me van|no me carga|no me abre|no me arranca|no "
     "arranca|no me enciende|no enciende|no se enciende|no prende|no se prende|no me prende|no se "
     "conecta|no me conecta|no carga|no abre|no conecta|se me cuelga|se me cierra|se me apaga|se "
     "me traba|se queda colgado|se queda colgada|se me rompio|se rompio|se me ha roto|se ha "
     "roto|rajado|rajada|rayado|rayada|defectuoso|defectuosa|estropeado|estropeada|estropeo|no da "
     "imagen|pantalla negra|perdi mi|perdi mis|perdi el|perdi la|perdi los|perdi las|he "
     "perdido|hemos perdido|ha perdido|se me perdio|se me ha perdido|se me perdieron|extravie|se "
     "me extravio|se me quedo|olvide mi|olvide el|olvide la|olvide mis|me olvide|se me olvido|se "
     "me ha olvidado|he olvidado|no recuerdo mi|no me acuerdo de mi|no es mia|no es mio|no son "
     "mios|no entiendo|no se que es|no se de que|cobrado de mas|cobran de mas|cobraron de "
     "mas|habeis cobrado|nos han cobrado|me habeis cobrado|me cobrais|no me devuelven|no me "
     "devolveis|no me han devuelto|no me habeis|aun no me|todavia no me|subio la factura|me "
     "subieron|me han subido|no vino|no vinieron|no ha venido|no han venido|no paso por|no "
     "pasaron|no ha pasado|no se presento|no se presentaron|no aparecio|no acudio|no "
     "asistio|dejaron plantado|dejado plantado|dejaron plantada|dejado plantada|me trajeron "
     "otra|me trajeron otro|me enviaron otra|me enviaron otro|me mandaron otra|me mandaron otro|no "
     "es lo que pedi|no era lo que pedi|talla equivocada|cambiado la cita|cambiaron la cita|me "
     "habeis cambiado|me han cambiado|me cambiaron|me grito|me gritaron|me trato mal|me trataron "
     "mal|me "
     "trataron|maleducado|maleducada|maleducados|grosero|grosera|groseros|prepotente|borde|bordes|"
     "mala educacion|de malas maneras"},
    {REASON_PROBLEM, 10,
     "ya no funciona|ya no sirve|ya no anda|ya no puedo|ya no me|ya no me deja|ya no me llega|"
     "no funciona|no funcionan|no sirve|no sirven|no anda|no andan|no me deja|no nos deja|no me "
     "dejan|no puedo|no podemos|no pude|no he podido|no hemos podido|no me llega|no me llego|no "
     "llego|no llega|no llegan|no ha llegado|no han llegado|no me ha llegado|problema|problemas|"
     "error|errores|falla|fallas|fallo|fallos|fallando|falta de|queja|quejas|quejarme|reclamo|"
     "reclamos|reclamar|reclamacion|reclamaciones|me cobraron|me cobran|me han cobrado|cobro "
     "indebido|cobros indebidos|cobraron de mas|cobran de mas|mal servicio|mala atencion|mal "
     "trato|no me han|no nos han|no han|no me ha|no se ha|demora|demoras|demorado|demorada|"
     "retraso|retrasos|retrasado|retrasada|retrasan|tardan|tarda|tardando|tarde|perdido|perdida|"
     "perdidos|perdieron|perdieron mi|pierden|extraviado|extraviada|extraviaron|roto|rota|"
     "rotos|danado|danada|danaron|averia|averiado|averiada|equivocado|equivocada|incorrecto|"
     "incorrecta|mal cobrado|no aparece|no me aparece|no me sale|no me atienden|no atienden|no me "
     "permite|no permite|no deja|maleta perdida|sin resolver|sin maleta|sin mi maleta|sin maletas|"
     "sin equipaje|no corresponde|cargo|me descontaron|me debitaron|sobrecargo|lento|lenta|"
     "lentisimo|lentisima|lentitud|no reconoce|no recibi|no he recibido|no recibo|no hemos "
     "recibido|vencio|rechazado|rechazada|rechaza|rechazan|bloqueado|bloqueada|suspendido|"
     "suspendida|suspendieron|cortaron|me cortaron|atraso|sin poder|no consigo|no logro|"
     "imposible|cancelado|cancelada|cancelados|cancelaron|cancelan|cancelais|cancelacion|"
     "cancelaciones|indemnizacion|reembolso|devolucion|no existe|no contesta|no responde|no me "
     "hacen caso|no hacen caso|se cuelga|se traba|se cierra|se apaga|incumplen|incumplimiento|"
     "no cumplen|negligencia|averiado|no tengo|no tiene solucion"},
    {REASON_QUESTION, 9, "por que|porque no|porque me|por que no|por que me"},
    {REASON_QUESTION, 8,
     "como puedo|como podria|como hago|como se|como le hago|como es|como va|como funciona|"
     "donde puedo|donde esta|donde estan|donde queda|donde se|donde lo|donde|cuando|cuanto "
     "cuesta|cuanto sale|cuanto vale|cuanto|cuantos|cuanta|cual es|cuales son|cual|que necesito|"
     "que hago|que puedo hacer|que debo|que tengo que hacer|que requisitos|que pasa|que paso|que "
     "documentos|me pueden|me puede|me podeis|me puedes|me podrian|me podria|me podriais|me "
     "podrias|podrian|podrias|podria|podeis|podriais|pueden|puedes|se podria|pueden ayudarme|me "
     "ayudan|me ayuda|me ayudais|me confirman|me confirmas|me confirmais|me dicen|me dices|me "
     "indican|me informan|diganme|digame|dime|indiquenme|confirmenme|expliquenme|avisenme|"
     "respondanme|respondan|contesten|revisen|revisar|quisiera saber|queria saber|quiero saber|"
     "quisiera|queria|necesito saber|necesito que|necesito|necesitaria|necesitamos|quiero|"
     "quisieramos|requiero|solicito|ocupo|me gustaria|a que hora|hay "
     "algun|hay alguna|hay forma|hay manera|tienen|teneis|es posible|seria posible|se puede|"
     "puedo|alguien me|alguien que|alguien sabe|sabe alguien|saben si|sabes si|sabeis si|"
     "informacion|info|duda|dudas|una duda|consulta|una consulta|una pregunta|pregunta|solucion|"
     "solucionen|arreglen|atiendan|favor de|por favor|porfavor|porfa|pls|vale la pena|quien "
     "puede|quien me|quien se|enviarme|mandarme|mandenme|envienme|espero su respuesta|espero "
     "respuesta|espero una respuesta|devuelvan|devuelvanme|cuanto tarda|cuanto tiempo|tramite|"
     "como solicito|como cancelo|como activo|quien"},
    {REASON_QUESTION, 8,
     "a ver si|a ver cuando|a ver que|a ver como|a ver por que|a ver quien|aver si|haber si|haber "
     "cuando|ver si me|ver si pueden|horario|horarios|horario de|horas de apertura|precio "
     "de|telefono de atencion|numero de atencion|pedir cita|sacar cita|cita previa|cambiar la "
     "cita|cambiar mi cita|anular mi cita|anular la cita"},
    {GROUP_OPENER, 8,
     "es|hay|existe|saben|sabes|aceptan|hacen|venden|abren|cierran|cobran|llegan|cambiar|cancelar|"
     "activar|desactivar|bloquear|desbloquear|solicitar|consultar|pedir|devolver|reservar|comprar|"
     "actualizar|manden|envien|revisen|expliquen|confirmen|cambien|activen|desbloqueen|digan|"
     "muestren|pasame|pasenme|mandame|enviame"},
    {GROUP_HELP, 10,
     "ayuda|ayudenme|ayudame|ayudadme|ayudennos|apoyo|auxilio|socorro|por favor ayuda|necesito "
     "ayuda|su ayuda|vuestra ayuda|ayudarme|ayudarnos|apoyenme|me apoyan|echarme una mano|help|"
     "sos"},
    {REASON_CALM, -25,
     "no es urgente|no urge|no es nada urgente|no es una emergencia|no es una urgencia|sin "
     "urgencia|sin prisa|sin prisas|no hay prisa|no tengo prisa|no corre prisa|ninguna prisa|"
     "cuando puedan|cuando podais|cuando puedas|cuando pueda|ya quedo|ya quedo listo|ya se "
     "resolvio|ya se soluciono|ya se arreglo|ya esta resuelto|ya esta arreglado|ya esta "
     "solucionado|ya lo resolvi|ya lo resolvieron|ya lo solucionaron|ya lo solucione|ya lo "
     "arreglaron|ya lo han arreglado|ya me lo solucionaron|ya me lo resolvieron|ya funciona|ya "
     "funciona todo|ya anda|volvio la luz|volvio el servicio|volvio internet|ya volvio|ya hay "
     "luz|ya tengo luz|ya tengo internet|ya tengo servicio|ya regreso|ya llego|ya me llego|ya me "
     "respondieron|ya me atendieron|ya me contestaron|resuelto|solucionado|arreglado|no hay "
     "problema|sin problema|sin problemas|ningun problema|no tengo problema|no tengo problemas|no "
     "tuve problemas|no tuve ningun problema|no pasa nada|falsa alarma|todo en orden|todo bien|"
     "fue un simulacro|era un simulacro|es un simulacro|simulacro"},
    {REASON_SARCASM, 10,
     "gracias por nada|gracias por no|muchas gracias por nada|que buen servicio no|excelente "
     "servicio no|que maravilla de servicio|bravo por|felicidades por su pesimo|felicitaciones "
     "por su pesimo|como siempre fallando|que sorpresa|para variar|vaya servicio|menudo "
     "servicio|menuda atencion|vaya tela|vaya atencion|vaya forma|vaya manera|que "
     "eficiencia|gracias por hacerme perder|gracias por cancelar|gracias por perder|gracias por "
     "arruinar|gracias por dejarme|gracias por dejarnos|gracias por hacernos|gracias por "
     "cobrarme|gracias por ignorar|gracias por tanto|sigan asi campeones|que raro|olimpicos|"
     "gracias por el retraso|mis felicitaciones por"},
    {REASON_PRAISE, 0,
     "excelente|excelentes|excelente servicio|excelente atencion|buen servicio|muy buen "
     "servicio|gran servicio|muy buena atencion|buena atencion|gran atencion|felicidades|"
     "felicitaciones|felicitar|felicito|los felicito|os felicito|me encanta|me encanto|me "
     "encantan|nos encanta|me ha encantado|muy contento|muy contenta|muy contentos|recomiendo|"
     "recomendado|recomendable|recomendados|la mejor|el mejor|los mejores|las mejores|son los "
     "mejores|sois los mejores|que buen|que buena|que bueno|que bien|que gran|que rapidez|que "
     "amables|increible servicio|maravilloso|maravillosa|maravilla|genial|geniales|espectacular|"
     "impecable|amables|amabilidad|muy amable|muy amables|profesionalidad|eficaces|crack|cracks|un "
     "diez|diez puntos|de primera|de lujo|estupendo|estupenda|fantastico|fantastica|fenomenal|"
     "encantado|encantada|encantados|feliz con|gran trabajo|buen trabajo|enhorabuena|orgulloso|"
     "orgullosa|mis respetos|un placer|muy satisfecho|muy satisfecha|que gusto|chapo|chapeau|de "
     "diez|bravo"},
    {GROUP_THANKS, 2,
     "por su ayuda|por tu ayuda|por vuestra ayuda|por la ayuda|por ayudarme|por ayudarnos|por la "
     "informacion|por la info|por su apoyo|por el apoyo|"
     "gracias de nuevo|gracias otra vez|gracias|muchas gracias|muchisimas gracias|mil "
     "gracias|gracias por su ayuda|gracias por "
     "vuestra ayuda|gracias por la ayuda|gracias por responder|gracias por contestar|gracias por "
     "su respuesta|gracias por la respuesta|gracias por la atencion|gracias por todo|gracias por "
     "la informacion|gracias por la info|agradecido|agradecida|agradezco|agradecer|se agradece|te "
     "agradezco|les agradezco|os lo agradezco|genial gracias|graciass|thanks"},
    {GROUP_THANKS, 1,
     "ok|okey|okay|oki|perfecto|listo|vale|de acuerdo|entendido|enterado|enterada|anotado|quedo "
     "atento|quedo atenta|saludos|un saludo|buen dia|buen fin de semana|bendiciones|super|"
     "dale|va|sale|ya vi|muy bien|bueno|igualmente|abrazo|un abrazo"},
    {GROUP_NEGATION, 0, "ya no|ya no estoy|ya no esta|ya no estamos|ya no hay"},
    {GROUP_NEGATION, 2,
     "no|tampoco|ni|nunca|jamas|nada|nadie|ningun|ninguna|ninguno|sin|ni siquiera|no es|no "
     "hay|no se|no me"},
    {GROUP_NEGATION, 2,
     "no era|no fue|no eran|no hubo|no habia|no ha habido|no son|ya no era|nunca hubo"},
    {GROUP_PLAIN, 0,
     "no se si|no sabemos si|no sabria si|prueba de fuego|sangrando los ojos|no solo|no "
     "solamente|no hay duda|sin duda|sin dudas|no "
     "dudo|como no|no te preocupes|no se "
     "preocupen|no os preocupeis|no es broma|no es por nada|nada mas|sin embargo|nada que ver|de "
     "nada|a salvo|salida de emergencia|salidas de emergencia|buenas tardes|buena tarde|mas "
     "tarde|por la tarde|esta tarde|de la tarde|la tarde|tarde o temprano|a bolsa|la bolsa de "
     "mano|buenas noches|buenos dias|buenas|estado del vuelo|seguro de accidentes|seguro de vida|"
     "no pierdas|sin costo|sin coste|sin cargo|gran hermano|no mas|sin mas|fuegos artificiales|"
     "alto el fuego|numero de emergencia|telefono de emergencias|en caso de emergencia|fondo de "
     "emergencia|mi pasaje|con cargo a|a cargo de|cargo de|alto cargo|tarde noche"},
    {GROUP_BREAK, 0, "y|pero|mas|porque|aunque|que|pues|asi que|entonces|sino|o"},
    {GROUP_SELF, 0,
     "yo|me|mi|mis|conmigo|nos|nosotros|nuestro|nuestra|tu|tus|te|usted|ustedes|uds|vosotros|os|"
     "vuestro|vuestra|vuestros|vuestras|soy|estoy|tengo|estamos|tenemos|llevo|quiero|puedo"},
    {GROUP_NEGATIVE, 3,
     "ni caso|pasan de mi|pasa de mi|cutre|amenaza|amenazan|robado|abierto la maleta|descubri "
     "que|no llegaron|no llego mi|no aparecen|sin avisarme|sin decir nada|ninguna "
     "respuesta|ninguna solucion|ninguna explicacion|muy mal|tan "
     "mal|fiasco|enganosa|fastidiar|fastidiarme|fastidiado|destrozar|arruinar|arruinado|dejado "
     "tirados|tela|cachondeo|vacilar|rayando|estresante|agobio|suspenso|apesta|apestan|sucio|sucia|"
     "incomodo|incomoda|peligra|demasiado|tampoco|nula|nulo|cero|costar|penalizacion|carisimos|"
     "insoportable|tedioso|"
     "mal|mala|malo|malos|malas|malisimo|malisima|triste|tristeza|molesto|molesta|molestia|"
     "molestias|fatal|nada bien|no me gusta|no me gusto|no esta bien|no puede ser|no es normal|"
     "no es posible|no es justo|injusto|injusta|que pena|pena|perder|perdi|pierdo|perdimos|caro|"
     "cara|carisimo|peor|peores|dificil|complicado|horas|huelga|huelgas|tirados|tirado|tirada|"
     "engano|mentira|mentiras|cobran|cobrar|esperar|esperando|espera|roban|robar|robo|abandono|"
     "abandonados|abandonado|sin avisar|sin aviso|sin previo aviso|sin explicacion|sin "
     "informacion|sin informar|maltrato|maltratan|descontrol|vaya|encima|en serio|increible que|"
     "no es la primera vez|siquiera|deberia|deberian|cansado|cansada|desesperado|desesperada|"
     "desesperante|preocupado|preocupada|lastima|fuera de lugar|"
     "averias|nefasta|denuncian|protesta|protestas|paro|paros|multa|multan|sancion|critica|"
     "criticas|cerrado|cerrada|culpa|excusas|excusa|broma|minutos|2h|3h|4h|5h|"
     "1h|media hora|una hora|dos horas|tres horas|cuatro horas|cinco horas|por telefono|intentando|"
     "intento|intentado|pretenden|pretendeis|obligan|obligado|obligada|exijo|exigir|quieren"},
    {GROUP_NEGATIVE, 2,
     "dicen|maleta|maletas|equipaje|dias|semanas|meses|porque|empresa|aun|todavia|solo|casi|si no|"
     "cliente|clientes|hasta|hacer|vez|veces|ahora|despues|telefono|linea|check in|fila|cola"},
    {GROUP_POSITIVE, 3,
     "no tengo queja|no tengo quejas|ninguna queja|no me quejo|sin quejas|nada que reclamar|nada "
     "que decir|"
     "eficaz|eficiente|detallazo|relajarse|relax|descanso|lo "
     "mejor|mola|molan|chulo|chula|guay|enamorar|agradable|divertido|divertida|espectaculo|logro|"
     "sonrisa|sonrisas|alegria|emocion|emocionado|emocionada|brindis|homenaje|historico|orgullosos|"
     "contento|contenta|contentos|feliz|felices|encanta|orgullo|exito|exitos|adoro|viva|ole|guapa|"
     "guapos|bienvenidos|bienvenida|bienvenido|perfecta|perfectos|maravillas|disfrutar|disfruta|"
     "disfrutando|deseando|ilusion|suerte|cumple|cumpleanos|aniversario|premio|premios|"
     "gracias a dios|celebra|celebramos|ahorra|gratis|inaugura|inauguran|estrena|oferta|ofertas|"
     "descuento|descuentos|rebajas|nueva ruta|nuevas rutas|nuevos destinos|nuevo destino|"
     "desconvocan|desconvocada|acuerdo|evitan la huelga|gusto|gustado|me gusta|me gusto|"
     "precioso|preciosa|bonito|bonita|bonitos|lindo|linda|hermoso|hermosa|increible|mejora|"
     "mejorado|lanza|incorpora|crece|crecimiento|gana|amor|besos|beso|enamorado|enamorada|"
     "puntual|puntuales|puntualidad|comodo|comoda|rapidez|rapido|rapida|facil|amable|bendicion|"
     "buen viaje|buen vuelo|feliz viaje|buen precio|mejor precio|mejores "
     "precios|buenisimo|buenisima|riquisimo|puntualisimo|muy bueno|muy buena|muy bien|gracias a "
     "todos"},
    {GROUP_POSITIVE, 2,
     "bien|buena|bueno|buenos|buen|buenas noticias|mejor|mejores|gusta|gustan|grande|grandes|gran|"
     "ganas|vamos|por fin|siempre|nueva|nuevas|nuevos|muchas ganas|viajar|vip|a tiempo|seguro|"
     "jaja|jajaja|jajajaja|esperamos|ofrece|conectara|volara|ampliara|euros|destinos|vacaciones"},
    {REASON_SPAM, 2,
     "gana dinero|ganar dinero desde casa|trabaja desde casa|inversion garantizada|"
     "ganancias garantizadas|link en mi bio|enlace en mi bio|visita mi perfil|prestamos "
     "rapidos|prestamo inmediato|te sigo si me sigues|sigo de vuelta|seguidores gratis|contactame "
     "al whatsapp|escribeme al whatsapp|dm para mas|ingresos extra|multiplica tu dinero|duplica "
     "tu dinero|senales de trading|amarres de amor|gratis aqui|compra seguidores|onlyfans|haz clic "
     "aqui|da clic aqui"},
    {REASON_SPAM, 1,
     "siguenos|sigueme|sorteo|descuento especial|compra ahora|compra ya|haz clic|haz click|clic "
     "aqui|click aqui|criptomonedas|criptomoneda|cripto|bitcoin|trading|forex|codigo "
     "promocional|solo por hoy|no te lo pierdas|visita nuestra tienda|aprovecha|envio gratis|"
     "inscribete|reserva ya|llame ya"},
    {REASON_NEWS, 2, "ultima hora|nota de prensa|ultimas noticias"},
    {REASON_NEWS, 2,
     "resultados trimestrales|resultados del trimestre|resultados anuales|resultados "
     "financieros|anuncia resultados|presenta resultados|beneficio neto|beneficio record|ganancias "
     "record|segun el diario"},
    {REASON_NEWS, 1,
     "noticia|noticias|segun informa|segun reporta|informo que|anuncio que|anuncia|"
     "anuncian|anuncio|reporta|comunicado|boletin|via|editorial|presenta "
     "resultados|cotiza|acciones de|bolsa|lanza nuevo|inaugura|alianza|titulares|exclusiva|"
     "entrevista|beneficios|trimestre|millones|ministro|gobierno|sindicato|sindicatos|juez|"
     "sentencia|aumenta|crece|pilotos|desconvocan|convocan"},
    {0, 0, NULL},
};
